using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Executing;

/// <summary>Says what is to be launched for an attempt: programs with their places, environment, files and limits.</summary>
internal sealed class LaunchOrders(Site site)
{
    /// <summary>The launch of a step's commands.</summary>
    public LaunchRequest Of(Attempt attempt)
    {
        var step = attempt.Request.Step;
        var environment = DeviceVariables.Set(site.EnvironmentOf(step), attempt.Request);
        attempt.Secrets?.AddTo(environment);
        var tools = step.Tools.Zip(attempt.Request.Tools).ToDictionary(pair => pair.First.Name, pair => pair.Second.Path!, StringComparer.Ordinal);
        var list = ((Operation.Commands)step.Operation).List;
        string PlaceOf(string program) => tools.TryGetValue(program, out var path) ? path : Path.Combine(attempt.Files, program[2..]);
        return new LaunchRequest
        {
            Step = step.Id,
            Directory = attempt.Files,
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
            LogFile = attempt.Log,
            LogFilter = attempt.Secrets?.NewMask(),
            AllowedExitCodes = step.Success.AllowedExitCodes,
            Framing = step.LogFraming,
            TimeLimit = attempt.Request.Granted.TimeLimit,
            MemoryLimitBytes = attempt.Request.Granted.MemoryBytes,
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
        return new LaunchRequest
        {
            Step = step.Id,
            Directory = attempt.Files,
            Commands = [call.Command],
            Environment = environment,
            LogFile = attempt.Log,
            LogFilter = attempt.Secrets?.NewMask(),
            TimeLimit = attempt.Request.Granted.TimeLimit,
            MemoryLimitBytes = attempt.Request.Granted.MemoryBytes,
        };
    }
}
