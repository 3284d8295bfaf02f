using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Executing;

/// <summary>Runs one attempt at an action in a private directory: stage, launch, check, collect.</summary>
/// <remarks>Knows nothing of the graph and writes no record: it returns what the run loop commits.</remarks>
internal sealed class Executor(
    IDisk disk, IFileStore store, ILauncher launcher, IFunctionRunner functions, Site site, TimeProvider clock, RetiredAttempts retired, Action<string>? atPoint = null)
{
    private readonly Staging _staging = new(disk);
    private readonly CheckpointSeed _seed = new(disk);
    private readonly SuccessCheck _success = new(disk);
    private readonly Collector _collector = new(disk, store);
    private readonly FunctionCalls _calls = new(disk, functions);

    /// <summary>Runs an attempt; never throws for what a tool, a function or the disk does.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="onStart">Called before the launch; says whether the attempt goes on from a checkpoint.</param>
    /// <param name="onProgress">Takes progress.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<Execution> RunAsync(ExecutionRequest request, Action<bool> onStart, Action<Progress> onProgress, CancellationToken cancellation)
    {
        var startedAt = clock.GetUtcNow();
        var begun = clock.GetTimestamp();
        var attempt = new Attempt(request, new PrivateDirectory(request.Directory));
        var isContinued = false;
        var isLeft = false;
        ActionResult? result = null;
        Failure? failure;
        try
        {
            var spares = attempt.Directory.Make(request.Step, retired, disk, atPoint);
            var staged = _staging.Fill(attempt.Files, request, spares);
            isContinued = _seed.Copy(attempt.Files, request.Step, request.Interrupted);
            onStart(isContinued);
            var launch = await LaunchAsync(attempt, onProgress, cancellation).ConfigureAwait(false);
            isLeft = launch.LeftNobody;
            failure = _success.Check(request.Step, launch, attempt.Files, attempt.Log) ?? InputChanged(staged, request);
            (result, failure) = failure is null ? Collect(attempt, launch) : (null, failure);
        }
        catch (InputChangedException exception)
        {
            failure = Changed(exception.Place, request);
        }
        catch (StoreException exception)
        {
            failure = new Failure(FailureClass.StoreError, exception.Message);
        }

        var wall = clock.GetElapsedTime(begun).TotalSeconds;
        var record = new AttemptRecord(request.Attempt, startedAt, wall, failure is null ? "done" : failure.Class == FailureClass.Cancelled ? "interrupted" : failure.Class.ToString());
        return failure is null
            ? new Execution(result! with { Attempts = [record], WallSeconds = wall, IsContinued = isContinued }, null, record, isContinued) { IsDirectoryLeft = isLeft }
            : new Execution(null, Explain(failure, attempt), record, isContinued);
    }

    private async Task<LaunchResult> LaunchAsync(Attempt attempt, Action<Progress> onProgress, CancellationToken cancellation)
    {
        var step = attempt.Request.Step;
        var call = step.Operation is Operation.Function ? _calls.Prepare(step, attempt.Request.Directory) : null;
        if (step.Operation is Operation.Function && call is null)
        {
            return await CallHereAsync(attempt, cancellation).ConfigureAwait(false);
        }

        var begun = clock.GetTimestamp();
        var reader = step.Progress?.Invoke();
        var running = launcher.RunAsync(call is null ? LaunchOf(attempt) : CallOf(attempt, call), reader is null ? null : Read, cancellation);
        atPoint?.Invoke(CrashPoint.AfterLaunch);
        var ended = await running.ConfigureAwait(false);
        return call is null ? ended : _calls.Explained(ended, step, attempt.Request.Directory);

        void Read(string line)
        {
            try
            {
                if (reader?.Read(line, clock.GetElapsedTime(begun)) is { } progress)
                {
                    onProgress(progress);
                }
            }
            catch (Exception)
            {
                // A reader that stumbles over a line must not end a simulation: this attempt goes on without progress.
                reader = null;
            }
        }
    }

    private async Task<LaunchResult> CallHereAsync(Attempt attempt, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        var problem = await functions.CallAsync(attempt.Request.Step, attempt.Files, attempt.Log, cancellation).ConfigureAwait(false);
        var ended = new LaunchResult { End = LaunchEnd.Exited, Wall = clock.GetElapsedTime(begun) };
        return problem is null ? ended
            : cancellation.IsCancellationRequested ? ended with { End = LaunchEnd.Cancelled, ExitCode = 1 }
            : ended with { ExitCode = 1, Message = problem };
    }

    private LaunchRequest CallOf(Attempt attempt, FunctionLaunch call)
    {
        var step = attempt.Request.Step;
        var environment = site.EnvironmentOf(step);
        foreach (var (name, value) in call.Environment)
        {
            environment[name] = value;
        }

        return new LaunchRequest
        {
            Step = step.Id,
            Directory = attempt.Files,
            Commands = [call.Command],
            Environment = environment,
            LogFile = attempt.Log,
            TimeLimit = step.Resources.TimeLimit,
        };
    }

    private LaunchRequest LaunchOf(Attempt attempt)
    {
        var step = attempt.Request.Step;
        var tools = step.Tools.Zip(attempt.Request.Tools).ToDictionary(pair => pair.First.Name, pair => pair.Second.Path!, StringComparer.Ordinal);
        return new LaunchRequest
        {
            Step = step.Id,
            Directory = attempt.Files,
            Commands = ((Operation.Commands)step.Operation).List.Select(command => new LaunchCommand(
                tools.TryGetValue(command.Program, out var path) ? path : Path.Combine(attempt.Files, command.Program[2..]),
                command.Arguments,
                command.StandardInput,
                command.StandardOutput is { } output ? Path.Combine(attempt.Files, output.Value) : null)).ToList(),
            Environment = site.EnvironmentOf(step),
            LogFile = attempt.Log,
            AllowedExitCodes = step.Success.AllowedExitCodes,
            TimeLimit = step.Resources.TimeLimit,
        };
    }

    private Failure? InputChanged(List<(string Place, FileStat Stat)> staged, ExecutionRequest request) =>
        (_staging.Changed(staged) ?? request.Tools.Select(ChangedFileOf).FirstOrDefault(file => file is not null)) is { } place
            ? Changed(place, request)
            : null;

    /// <summary>A tool that was replaced since its fingerprint was taken may have run as another version.</summary>
    private string? ChangedFileOf(ToolAnswer tool) => tool.Files.FirstOrDefault(file => disk.Stat(file.Key) != file.Value).Key;

    private static Failure Changed(string place, ExecutionRequest request) =>
        new(FailureClass.InputChanged, $"'{place}' changed while step '{request.Step.Id}' was to use it; run again");

    private (ActionResult? Result, Failure? Failure) Collect(Attempt attempt, LaunchResult launch)
    {
        atPoint?.Invoke(CrashPoint.BeforeCollect);
        var request = attempt.Request;
        var (outputs, failure) = _collector.Collect(request.Step, request.Key, attempt.Files);
        if (failure is not null)
        {
            return (null, failure);
        }

        return (new ActionResult
        {
            Key = request.Key,
            Step = request.Step.Id,
            Outputs = [.. outputs],
            Components = request.Components,
            RunId = request.RunId,
            FinishedAt = clock.GetUtcNow(),
            CpuSeconds = launch.Cpu.TotalSeconds,
            PeakMemoryBytes = launch.PeakMemoryBytes,
            ExitCode = launch.ExitCode,
            Launcher = _calls.IsHere(attempt.Request.Directory, request.Step) ? "in-process" : launcher.Name,
            Host = System.Environment.MachineName,
            Log = disk.Stat(attempt.Log) is { Length: > 0 } ? store.Put(attempt.Log).Bytes : default,
        }, null);
    }

    private Failure Explain(Failure failure, Attempt attempt)
    {
        try
        {
            if (failure.Class is not (FailureClass.Cancelled or FailureClass.TimeLimit))
            {
                disk.CreateDirectory(attempt.Request.Directory);
                disk.WriteText(Path.Combine(attempt.Request.Directory, CheckpointSeed.FailedMark), failure.Message + "\n");
            }

            return failure with { LogPath = attempt.Log, LogTail = LogTail.Of(disk, attempt.Log) };
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
        {
            // A command's own words may be missing when the disk is what failed.
            return failure with { Message = $"{failure.Message}; besides, {exception.Message}" };
        }
    }

    private sealed record Attempt(ExecutionRequest Request, PrivateDirectory Directory)
    {
        public string Files => Directory.Files;

        public string Log => Directory.Log;
    }
}
