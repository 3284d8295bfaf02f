using System.Globalization;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>Applies a step's success rule to what its commands left.</summary>
internal sealed class SuccessCheck(IDisk disk)
{
    private const int Killed = 128 + 9;

    /// <summary>Checks how the commands ended and what they left.</summary>
    /// <returns>The failure, without log; null on success.</returns>
    public Failure? Check(ExecutionRequest request, LaunchResult launch, string directory, string log)
    {
        var step = request.Step;
        var command = step.Operation is Operation.Commands commands && launch.CommandIndex < commands.List.Count
            ? commands.List[launch.CommandIndex].Display
            : null;
        var failure = launch.End switch
        {
            LaunchEnd.NotStarted => new Failure(FailureClass.SubmitError, launch.Message) { IsLasting = launch.IsLasting },
            LaunchEnd.NeverStarted => new Failure(FailureClass.NeverStarted, Said(launch, "it was taken and never began")),
            LaunchEnd.Preempted => new Failure(FailureClass.Preempted, Said(launch, "the site took its place away"), launch.ExitCode),
            LaunchEnd.NodeLost => new Failure(FailureClass.NodeLost, Said(launch, "the node that it ran on went away")),
            LaunchEnd.TimedOut => new Failure(FailureClass.TimeLimit, $"it ran into its time limit of {request.Granted.TimeLimit}", launch.ExitCode),
            LaunchEnd.OutOfMemory => new Failure(FailureClass.OutOfMemory, Said(launch, "it had more memory than it claims"), launch.ExitCode),
            LaunchEnd.Cancelled when launch.IsLeft => new Failure(FailureClass.Cancelled, Said(launch, "it was left where it runs; the next run takes it over")),
            LaunchEnd.Cancelled => new Failure(FailureClass.Cancelled, Said(launch, "it was cancelled"), launch.ExitCode),
            _ when launch.Message.Length > 0 => new Failure(FailureClass.ToolError, launch.Message, launch.ExitCode),
            _ when !step.Success.AllowedExitCodes.Contains(launch.ExitCode) => new Failure(FailureClass.ToolError, ExitText(launch.ExitCode), launch.ExitCode),
            _ => step.Success.Conditions.Select(condition => Check(condition, directory, log)).FirstOrDefault(problem => problem is not null),
        };
        return failure is null ? null : failure with { Command = command };
    }

    private static string Said(LaunchResult launch, string otherwise) => launch.Message.Length > 0 ? launch.Message : otherwise;

    private static string ExitText(int code) => code == Killed
        ? "the command was ended by signal 9; somebody or something killed it: where it may have been for want of memory, claim more with Resources(memory: …)"
        : code > 128
        ? string.Create(CultureInfo.InvariantCulture, $"the command was ended by signal {code - 128}")
        : string.Create(CultureInfo.InvariantCulture, $"the command ended with exit code {code}");

    private Failure? Check(SuccessCondition condition, string directory, string log) =>
        Problem(condition, condition.Path is { } path ? Path.Combine(directory, path.Value) : log) is { } problem ? new Failure(FailureClass.ToolError, problem) : null;

    /// <summary>What a file says against a condition; null when it holds.</summary>
    public string? Problem(SuccessCondition condition, string file)
    {
        // Reading what is no file, a FIFO for one, would wait for ever.
        var holds = disk.Stat(file) is { IsFile: true } && (condition.Kind == SuccessKind.FileExists || condition.HoldsFor(disk.ReadText(file)));
        if (condition.Kind == SuccessKind.TextDoesNotMatch && disk.Stat(file) is null)
        {
            holds = true;
        }

        return holds ? null : condition.Otherwise.Length > 0 ? condition.Otherwise : Default(condition);
    }

    private static string Default(SuccessCondition condition)
    {
        var subject = condition.Path is { } path ? $"'{path}'" : "the log";
        return condition.Kind switch
        {
            SuccessKind.FileExists => $"{subject} was not written",
            SuccessKind.TextMatches => $"{subject} does not match '{condition.Pattern}'",
            _ => $"{subject} matches '{condition.Pattern}'",
        };
    }
}
