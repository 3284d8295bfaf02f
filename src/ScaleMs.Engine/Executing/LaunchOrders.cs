using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>Says what is to be launched for an attempt: programs with their places, environment, files and limits.</summary>
internal sealed class LaunchOrders(ISite site, IFileStore store)
{
    private static readonly Dictionary<string, string> NoVariables = [];

    /// <summary>The launch of a step's commands.</summary>
    public LaunchRequest Of(Attempt attempt)
    {
        var step = attempt.Request.Step;
        var environment = DeviceVariables.Set(site.EnvironmentOf(step), attempt.Request);
        attempt.Secrets?.AddTo(environment);
        var tools = step.Tools.Zip(attempt.Request.Tools).ToDictionary(pair => pair.First.Name, pair => pair.Second.Path!, StringComparer.Ordinal);
        var list = ((Operation.Commands)step.Operation).List;
        string PlaceOf(string program) => tools.TryGetValue(program, out var path) ? path : Path.Combine(attempt.Files, program[2..]);
        return Begun(attempt) with
        {
            Commands = list.Select(command => new LaunchCommand(
                PlaceOf(command.Through?.Program ?? command.Program),
                command.Through is { } starter ? [.. starter.Arguments, PlaceOf(command.Program), .. command.Arguments] : command.Arguments,
                attempt.State is { } state && ReferenceEquals(command, list[^1]) ? state.InputOf(command.StandardInput) : command.StandardInput,
                attempt.PlaceOf(command.StandardOutput))
            {
                StandardInputFile = attempt.PlaceOf(command.StandardInputFile),
                StandardError = attempt.PlaceOf(command.StandardError),
            }).ToList(),
            Environment = environment,
            AllowedExitCodes = step.Success.AllowedExitCodes,
            Framing = step.LogFraming,
        };
    }

    /// <summary>The launch of a call of a function in a process of its own.</summary>
    public LaunchRequest OfCall(Attempt attempt, FunctionLaunch call)
    {
        var step = attempt.Request.Step;
        var environment = DeviceVariables.Set(site.EnvironmentOf(step), attempt.Request);
        foreach (var (name, value) in call.Environment)
        {
            environment[name] = value;
        }

        attempt.Secrets?.AddTo(environment);
        return Begun(attempt) with
        {
            Commands = [call.Command],
            Worker = attempt.Secrets is null ? call.Worker : null, // what a process was given once it cannot be made to forget
            Environment = environment,
            Folders = call.Folders,
        };
    }

    /// <summary>What commands and calls have in common.</summary>
    private LaunchRequest Begun(Attempt attempt)
    {
        var (step, granted) = (attempt.Request.Step, attempt.Request.Granted);
        return new LaunchRequest
        {
            Step = step.Id,
            Key = attempt.Request.Key.ToString(),
            IsTakenOver = attempt.Request.IsTakenOver,
            FindTaken = digest => store.HasBlob(digest) ? store.BlobPath(digest) : null,
            Directory = attempt.Files,
            Commands = [],
            Environment = NoVariables,
            PassedEnvironment = step.PassedEnvironment,
            Outputs = OutputsOf(step),
            LogFile = attempt.Log,
            LogFilter = attempt.Secrets?.NewMask(),
            Granted = granted,
            TimeLimit = granted.TimeLimit,
            MemoryLimitBytes = granted.MemoryBytes,
        };
    }

    private static LaunchOutput[] OutputsOf(StepInstance step) =>
    [
        .. step.Outputs.Select(output => new LaunchOutput(output.Path, output.IsTree, output.IsOptional)),
        .. step.Checkpoint.Where(path => step.Outputs.All(output => output.Path != path)).Select(path => new LaunchOutput(path, IsOptional: true)),
        .. FilesOfStreams(step).Select(path => new LaunchOutput(path, IsOptional: true)),
    ];

    /// <summary>What commands said into files is read when they failed, and success rules look at files that are no outputs.</summary>
    private static IEnumerable<ArtifactPath> FilesOfStreams(StepInstance step) =>
        (step.Operation is Operation.Commands commands ? commands.List.SelectMany(command => new[] { command.StandardOutput, command.StandardError }) : [])
        .Concat(step.Success.Conditions.Select(condition => condition.Path))
        .OfType<ArtifactPath>()
        .Where(path => !step.Outputs.Any(output => output.Covers(path)) && !step.Checkpoint.Contains(path))
        .Distinct();
}
