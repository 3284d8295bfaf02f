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

    public static Command Create()
    {
        var command = new Command("cancel", "Ends the workspace's run as Ctrl-C does: running steps are told to end, nothing new starts, the next run goes on from there.") { NoWait, Wait };
        command.SetAction(parsed => Run(parsed, new WorkspaceRun(parsed.Workspace(), parsed.Store())));
        return command;
    }

    private static int Run(ParseResult parsed, WorkspaceRun run)
    {
        var (client, problem) = run.Reach();
        using (client)
        {
            var answer = client?.Ask("cancel");
            return answer is { Answer: "cancel" } ? WaitForEnd(parsed, run, client!)
                : answer is { Answer: "ended", End: { } end } ? TellEnd(parsed, run, end)
                : Refuse(parsed, run.WithoutEngine(answer?.Message ?? problem), answer?.Message ?? problem);
        }
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
