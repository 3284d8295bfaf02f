using System.Buffers;
using System.Text;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Testing;

/// <summary>A <see cref="ScriptedLauncher"/> as one life of a host sees it.</summary>
/// <param name="launcher">Runs the scripts.</param>
/// <param name="disk">The disk of this life.</param>
/// <param name="life">The life.</param>
/// <param name="answers">What tools print of their version, by the program's path.</param>
internal sealed class HostedLauncher(ScriptedLauncher launcher, IDisk disk, HostLife life, IReadOnlyDictionary<string, string> answers) : ILauncher, IFunctionRunner
{
    public string Name => "scripted";

    public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        life.BeforeRead();
        if (request.LogFilter is { } taken && !launcher.Steps.ContainsKey(request.Step))
        {
            return Task.FromResult(Filter(request, taken));
        }

        if (!launcher.Steps.ContainsKey(request.Step) && request.Commands is [{ Program: var program }] && answers.TryGetValue(program, out var answer))
        {
            disk.WriteText(request.LogFile, answer);
            return Task.FromResult(new LaunchResult { End = LaunchEnd.Exited });
        }

        var commands = request.Commands.Select(command => string.Join(' ', command.Arguments.Prepend(Path.GetFileName(command.Program)))).ToList();
        var attempt = launcher.Begin(request.Step, commands, request.Directory, disk);
        attempt.Step.Listener = onLine;
        attempt.Step.Input = request.Commands.Count == 0 ? null : request.Commands[^1].StandardInput;
        return StartAsync(attempt, request, cancellation);
    }

    /// <summary>A filter that reads what a step made, in no time.</summary>
    private LaunchResult Filter(LaunchRequest request, ILogFilter taken)
    {
        var command = request.Commands[0];
        var file = command.StandardInputFile ?? Path.Combine(request.Directory, command.Arguments.First(name => disk.Stat(Path.Combine(request.Directory, name)) is not null));
        var printed = launcher.Filter(new ScriptedFilter(string.Join(' ', command.Arguments.Prepend(Path.GetFileName(command.Program))), disk.ReadText(file)));
        var log = new ArrayBufferWriter<byte>();
        taken.Pass(Encoding.UTF8.GetBytes(printed ?? string.Empty), log);
        taken.End(log);
        return new LaunchResult { End = LaunchEnd.Exited, ExitCode = printed is null ? 1 : 0, LeftNobody = true };
    }

    public FunctionLaunch? LaunchOf(StepInstance step, string callFile) => null;

    public async Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation)
    {
        life.BeforeRead();
        var call = (Operation.Function)step.Operation;
        var arguments = call.Arguments.Select(argument => $"{argument.Key}={argument.Value}");
        var end = await StartAsync(launcher.Begin(step.Id, [$"{call.Name}({string.Join(", ", arguments)})"], directory, disk), null, cancellation).ConfigureAwait(false);
        return end is { End: LaunchEnd.Exited, ExitCode: 0 } ? null : $"the script ended with {end.ExitCode}";
    }

    public int Reap(string workDirectory) => launcher.Reap();

    private Task<LaunchResult> StartAsync(ScriptedAttempt attempt, LaunchRequest? request, CancellationToken cancellation)
    {
        var began = launcher.Clock.GetTimestamp();
        var end = Limited(launcher.Script(attempt.Step), request);
        attempt.Timer = launcher.Clock.CreateTimer(_ => Finish(attempt, end, began), null, end.Duration, Timeout.InfiniteTimeSpan);
        var listening = cancellation.Register(() => End(attempt, new LaunchResult { End = LaunchEnd.Cancelled, ExitCode = 143, Wall = launcher.Clock.GetElapsedTime(began) }));
        return WithoutListeningAsync(attempt.Task, listening);
    }

    /// <summary>How it ends with the limits that it was given; a want of memory shows before a time limit.</summary>
    private static ScriptedEnd Limited(ScriptedEnd end, LaunchRequest? request) =>
        request?.MemoryLimitBytes > 0 && end.MemoryBytes > request.MemoryLimitBytes ? ScriptedEnd.Ends(LaunchEnd.OutOfMemory)
        : request?.TimeLimit < end.Duration ? end with { Duration = request.TimeLimit.Value, Way = LaunchEnd.TimedOut }
        : end;

    private static async Task<LaunchResult> WithoutListeningAsync(Task<LaunchResult> task, CancellationTokenRegistration listening)
    {
        var result = await task.ConfigureAwait(false);
        listening.Unregister();
        return result;
    }

    private void Finish(ScriptedAttempt attempt, ScriptedEnd end, long began)
    {
        try
        {
            if (end.Way == LaunchEnd.Exited)
            {
                attempt.Step.Finish();
            }

            End(attempt, new LaunchResult { End = end.Way, ExitCode = end.ExitCode, IsLasting = end.IsLasting, PeakMemoryBytes = end.MemoryBytes, Wall = launcher.Clock.GetElapsedTime(began) });
        }
        catch (Exception exception) when (exception is StoreException or HostCrashedException)
        {
            attempt.Break(exception);
        }
    }

    private void End(ScriptedAttempt attempt, LaunchResult result)
    {
        attempt.Timer?.Dispose();
        if (!life.IsDown)
        {
            launcher.Ended(attempt, result);
            attempt.TryEnd(result);
        }
    }
}
