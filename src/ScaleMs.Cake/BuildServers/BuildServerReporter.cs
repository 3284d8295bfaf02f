using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;

namespace ScaleMs;

/// <summary>Tells a build server what failed in a run, the log of each failed step in a group, an error for each, and the summary where anything happened.</summary>
/// <param name="server">The server.</param>
/// <param name="print">Prints a line of the job's log.</param>
/// <param name="workspace">The workspace, absolute.</param>
/// <param name="runFolder">Where the run keeps its files, absolute; known when it ends.</param>
internal sealed class BuildServerReporter(IBuildServer server, Action<string> print, string workspace, Func<string> runFolder) : IRunObserver
{
    // A job's log is kept by the server, the step's own goes with the machine; what a step says at great length is told by its end.
    private const int MostLines = 1000;
    private const int MostFailures = 10;

    public void On(RunEvent runEvent)
    {
        if (runEvent is RunEvent.Finished { Summary: var summary } && WorthKeeping.Is(summary))
        {
            Tell(summary);
        }
    }

    private void Tell(RunSummary summary)
    {
        foreach (var step in summary.Steps.Where(step => step is { Outcome: Outcome.Failed, Failure: not null }).Take(MostFailures))
        {
            TellFailure(step);
        }

        server.Summarise(MarkdownSummary.Of(summary), () => WriteSummary(summary));
    }

    private void TellFailure(StepResult step)
    {
        var lines = LogOf(step).ToList();
        if (lines.Count > 0)
        {
            var title = $"log of {step.Id}";
            server.BeginGroup(title);
            lines.ForEach(print);
            server.EndGroup(title);
        }

        server.Problem(step.Id.ToString(), $"{step.Failure!.Class}: {step.Failure.Message}");
    }

    private IEnumerable<string> LogOf(StepResult step)
    {
        try
        {
            return step.Failure!.LogPath is { } log ? File.ReadLines(Path.GetFullPath(log, workspace)).TakeLast(MostLines).ToList() : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return step.Failure!.LogTail ?? [];
        }
    }

    private string WriteSummary(RunSummary summary)
    {
        var file = Path.Combine(runFolder(), "summary.md");
        MarkdownSummary.Write(summary, file);
        return file;
    }
}
