using System.CommandLine;
using System.Runtime.InteropServices;
using ScaleMs.Reporting.Control;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Tool.Commands;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Running;

/// <summary>Follows a run to its end, or until the user leaves it.</summary>
/// <param name="parsed">The command line.</param>
/// <param name="run">The run.</param>
/// <param name="forbidsColour">Whether there are to be no colours.</param>
internal sealed class Attachment(ParseResult parsed, WorkspaceRun run, bool forbidsColour) : IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <inheritdoc/>
    public void Dispose() => _left.Dispose();

    /// <summary>Follows.</summary>
    /// <returns>The run's exit code; 130 when the user left it.</returns>
    public int Run()
    {
        var (client, problem) = run.Reach();
        using (client)
        {
            // First of all: nothing that happens after the first line is missed.
            var answer = client?.Ask("events");
            using var leaving = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Leave(signal, client));
            var status = answer is { Answer: "events" } ? run.Status() : run.WithoutEngine(answer?.Message ?? problem);
            foreach (var line in StatusText.Of(status))
            {
                parsed.Output().WriteLine(line);
            }

            parsed.Output().Flush();
            return status.State == RunState.Running && status.Note is { } note ? Follow(answer is { Answer: "events" } ? client : null, note) : CodeOf(status);
        }
    }

    private int Follow(ControlClient? client, RunNote note)
    {
        using var console = new ConsoleReporter(parsed.Output(), Options(), TimeProvider.System);
        var followed = new FollowedRun(console, run.FolderOf);
        var end = client is not null ? Stream(client, followed) : new EventTail(run, note, _left.Token).Follow(followed);
        if (_left.IsCancellationRequested)
        {
            console.Print($"left      run {note.Run} goes on: 'scalems attach' comes back to it, 'scalems cancel' ends it");
            return ExitCodes.Interrupted;
        }

        followed.TellEnd();
        if (end is null)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"error: run {note.Run} said no more; 'scalems status' tells what is known of it");
        }

        return end ?? ExitCodes.Failed;
    }

    /// <returns>The run's exit code; null when the stream ended without it.</returns>
    private static int? Stream(ControlClient client, FollowedRun followed)
    {
        for (var line = client.Next(); line is not null; line = client.Next())
        {
            if (ControlClient.AnswerIn(line) is { End: { } end })
            {
                return end.ExitCode;
            }

            followed.Take(line);
        }

        return null;
    }

    private void Leave(PosixSignalContext signal, ControlClient? client)
    {
        signal.Cancel = true;
        _left.Cancel();
        client?.Leave();
    }

    private ConsoleOptions Options() => ConsoleOptions.For(TerminalFacts.OfProcess(), ProgressKind.Auto, forbidsColour) with { RunFolder = id => Path.GetRelativePath(parsed.Workspace(), run.FolderOf(id)) + "/" };

    /// <summary>Of a run that has ended already it is as if one had come in time.</summary>
    private static int CodeOf(RunStatus status) => status switch
    {
        { Note.End: { } end } => end.ExitCode,
        { State: RunState.Ended } => EventTail.CodeOf(status.Outcome),
        { State: RunState.None } => ExitCodes.Done,
        _ => ExitCodes.Failed,
    };
}
