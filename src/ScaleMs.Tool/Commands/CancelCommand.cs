using System.CommandLine;
using ScaleMs.Reporting.Control;
using ScaleMs.Reporting.Wording;
using ScaleMs.Tool.Running;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems cancel</c>.</summary>
internal static class CancelCommand
{
    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "does not wait until the run has ended" };
    private static readonly Option<double> Wait = new("--wait") { Description = "for how many seconds to wait at most", HelpName = "SECONDS", DefaultValueFactory = _ => 120 };

    private static readonly Option<string[]> Steps = new("--steps")
    {
        Description = "ends only the steps that fit, as in --only, and leaves the run going on; may be given several times",
        HelpName = "PATTERN",
        DefaultValueFactory = _ => [],
    };

    public static Command Create()
    {
        var command = new Command("cancel", "Ends the workspace's run as Ctrl-C does: running steps are told to end, nothing new starts, the next run goes on from there.") { Steps, NoWait, Wait };
        command.SetAction(parsed => Run(parsed, new WorkspaceRun(parsed.Workspace(), parsed.Store())));
        return command;
    }

    private static int Run(ParseResult parsed, WorkspaceRun run)
    {
        var (client, problem) = run.Reach();
        using (client)
        {
            if (parsed.GetValue(Steps) is { Length: > 0 } patterns)
            {
                return CancelSteps(parsed, run, patterns, client?.Ask(new ControlRequest(ControlRequest.Present, "cancelSteps") { Steps = patterns }), problem);
            }

            var answer = client?.Ask("cancel");
            return answer is { Answer: "cancel" } ? WaitForEnd(parsed, run, client!)
                : answer is { Answer: "ended", End: { } end } ? TellEnd(parsed, run, end)
                : Refuse(parsed, run.WithoutEngine(answer?.Message ?? problem), answer?.Message ?? problem);
        }
    }

    private static int CancelSteps(ParseResult parsed, WorkspaceRun run, string[] patterns, ControlAnswer? answer, string problem)
    {
        if (answer is not { Cancelled: { } cancelled })
        {
            return RefuseSteps(parsed, run.WithoutEngine(answer?.Message ?? problem), answer?.Message ?? problem);
        }

        if (cancelled.Running + cancelled.NotBegun == 0)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: no step of run {run.Note!.Run} that is still to be done fits '{string.Join("' or '", patterns)}'; 'scalems status' tells what runs");
            return ExitCodes.Failed;
        }

        var more = cancelled.Running > cancelled.First.Count ? FormattableString.Invariant($" and {cancelled.Running - cancelled.First.Count} more") : string.Empty;
        var names = cancelled.Running > 0 ? $": {string.Join(", ", cancelled.First)}{more}" : string.Empty;
        parsed.Output().WriteLine(FormattableString.Invariant(
            $"cancelled: of run {run.Note!.Run}, {cancelled.Running} running {(cancelled.Running == 1 ? "step was" : "steps were")} told to end{names}; {cancelled.NotBegun} will not begin"));
        return ExitCodes.Done;
    }

    private static int WaitForEnd(ParseResult parsed, WorkspaceRun run, ControlClient client)
    {
        if (parsed.GetValue(NoWait))
        {
            parsed.Output().WriteLine($"cancelled: run {run.Note!.Run} was told to end");
            return ExitCodes.Done;
        }

        try
        {
            for (var line = client.Next(Longest(parsed)); line is not null; line = client.Next(Longest(parsed)))
            {
                if (ControlClient.AnswerIn(line) is { Answer: "ended", End: { } end })
                {
                    return TellEnd(parsed, run, end);
                }
            }

            parsed.Output().WriteLine($"cancelled: run {run.Note!.Run} is gone");
            return ExitCodes.Done;
        }
        catch (TimeoutException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: run {run.Note!.Run} was told to end, and after {Human.Duration(parsed.GetValue(Wait))} it has not; 'scalems status' tells what still runs");
            return ExitCodes.Failed;
        }
    }

    private static TimeSpan Longest(ParseResult parsed) => TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(Wait), 0.001, 1_000_000));

    private static int TellEnd(ParseResult parsed, WorkspaceRun run, RunEnd end)
    {
        parsed.Output().WriteLine(FormattableString.Invariant($"cancelled: run {run.Note!.Run} has ended, exit code {end.ExitCode}"));
        return ExitCodes.Done;
    }

    private static int RefuseSteps(ParseResult parsed, RunStatus status, string problem)
    {
        if (status.State is not (RunState.Running or RunState.Starting))
        {
            parsed.Output().WriteLine("nothing runs here");
            return ExitCodes.Done;
        }

        parsed.InvocationConfiguration.Error.WriteLine($"error: no steps can be cancelled here: {problem}");
        return ExitCodes.Failed;
    }

    private static int Refuse(ParseResult parsed, RunStatus status, string problem)
    {
        if (status.State is not (RunState.Running or RunState.Starting))
        {
            parsed.Output().WriteLine("nothing runs here");
            return ExitCodes.Done;
        }

        var what = status.Note is { } note
            ? FormattableString.Invariant($"run {note.Run} cannot be told to end: {problem}. On host '{note.Host}', 'kill -TERM {note.Pid}' does the same")
            : $"there is no run that could be told to end yet: {status.Remark}";
        parsed.InvocationConfiguration.Error.WriteLine($"error: {what}");
        return ExitCodes.Failed;
    }
}
