using ScaleMs.Reporting.Control;

namespace ScaleMs.Tool.Running;

/// <summary>Follows the event log of a run whose engine cannot be asked, such as one on another machine.</summary>
/// <param name="run">The workspace.</param>
/// <param name="note">The run.</param>
/// <param name="left">Cancelled when the user leaves.</param>
internal sealed class EventTail(WorkspaceRun run, RunNote note, CancellationToken left)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a run that has told its end may take to write its exit code.</summary>
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(10);

    /// <summary>Follows to the end.</summary>
    /// <returns>The exit code; null when the run ended without a word, or the user left.</returns>
    public int? Follow(FollowedRun followed)
    {
        using var lines = new WholeLines(EventFile.Open(Path.Combine(run.FolderOf(note.Run), EventFile.Name)));
        Take(lines, followed);
        followed.CatchUp();
        while (followed.Summary is null && GoesOn())
        {
            left.WaitHandle.WaitOne(Pause);
            Take(lines, followed);
        }

        return End() is { } end ? end.ExitCode : followed.Summary is { } summary && !left.IsCancellationRequested ? CodeOf(summary.Outcome) : null;
    }

    /// <summary>The code of an outcome, where no better one is known.</summary>
    public static int CodeOf(string? outcome) => outcome switch
    {
        "done" => ExitCodes.Done,
        "interrupted" => ExitCodes.Interrupted,
        _ => ExitCodes.Failed,
    };

    private static void Take(WholeLines lines, FollowedRun followed)
    {
        for (var line = lines.Next(); line is not null; line = lines.Next())
        {
            followed.Take(line);
        }
    }

    private bool GoesOn() => !left.IsCancellationRequested && run.IsHeld();

    private RunEnd? End()
    {
        var start = TimeProvider.System.GetTimestamp();
        RunEnd? end;
        for (end = EndNow(); end is null && !left.IsCancellationRequested && TimeProvider.System.GetElapsedTime(start) < LongestFarewell && GoesOn(); end = EndNow())
        {
            left.WaitHandle.WaitOne(Pause);
        }

        return end;
    }

    private RunEnd? EndNow() => RunNote.TryRead(run.Store) is { End: { } end } present && present.Run == note.Run ? end : null;
}
