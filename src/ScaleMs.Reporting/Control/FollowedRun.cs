using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;

namespace ScaleMs.Reporting.Control;

/// <summary>Shows a run that another process makes, from the lines of its stream, as that process itself would.</summary>
/// <param name="console">Shows it.</param>
/// <param name="folder">Gives the folder of a run by its id.</param>
internal sealed class FollowedRun(ConsoleReporter console, Func<string, string> folder)
{
    private readonly List<RunEvent> _before = [];
    private readonly List<RunEvent.UpToDate> _upToDate = [];
    private RunEvent.Finished? _finished;
    private bool _isNow;

    /// <summary>The run's summary; null before its end.</summary>
    public RunSummary? Summary => _finished?.Summary;

    /// <summary>Takes a line. What was before this came to the run is not told again.</summary>
    public void Take(string line)
    {
        switch (EventReader.TryRead(line))
        {
            case null:
                break;
            case RunEvent.Finished finished:
                _finished = finished;
                break;
            case RunEvent.UpToDate { Task.Length: > 0 } row:
                _upToDate.Add(row);
                break;
            case RunEvent.CaughtUp caughtUp:
                _before.Add(caughtUp);
                CatchUp();
                break;
            case var runEvent when _isNow:
                console.On(runEvent);
                break;
            case var runEvent:
                _before.Add(runEvent);
                break;
        }
    }

    /// <summary>What comes from now on is told.</summary>
    public void CatchUp()
    {
        _isNow = true;
        console.CatchUp(_before);
        _before.Clear();
    }

    /// <summary>Tells the end, when the run has left its summary.</summary>
    public void TellEnd()
    {
        if (_finished is { Summary: var summary } finished)
        {
            console.On(finished with { Summary = summary with { Steps = [.. _upToDate.SelectMany(UpToDate), .. Kept(summary.Run)] } });
        }
    }

    /// <summary>A run in which nothing happened keeps no summary.</summary>
    private List<StepResult> Kept(string run)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder(run), "summary.json")));
            return [.. json.RootElement.GetProperty("steps").EnumerateArray().Select(ResultReader.Step)];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return [];
        }
    }

    /// <summary>Nobody names them: one stands for all.</summary>
    private static IEnumerable<StepResult> UpToDate(RunEvent.UpToDate row) => Enumerable.Repeat(
        new StepResult { Id = new StepId(row.Task, row.Task), Outcome = Outcome.UpToDate, Reason = new Reason("up-to-date", string.Empty), RecordedSeconds = row.SavedSeconds / Math.Max(1, row.Steps) },
        row.Steps);
}
