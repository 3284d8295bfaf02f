using ScaleMs.Core.Events;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;

namespace ScaleMs.Reporting.Control;

/// <summary>The event log of a run as somebody reads it who cannot ask the engine: it was killed, or is on another machine.</summary>
internal static class EventFile
{
    /// <summary>The name of the file in a run's folder.</summary>
    public const string Name = "events.jsonl";

    /// <summary>What the file tells of the run; null when there is none that can be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">The time; null for that of the last event.</param>
    public static RunStatus? Status(string path, DateTimeOffset? now)
    {
        try
        {
            var (view, last) = (new RunView(), default(DateTimeOffset));
            foreach (var runEvent in Lines(path).Select(EventReader.TryRead).OfType<RunEvent>())
            {
                view.Take(runEvent);
                last = runEvent.At;
            }

            return RunStatus.Of(view, "events", now ?? last);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The file as it is while somebody writes it.</summary>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static IEnumerable<string> Lines(string path)
    {
        using var lines = new StreamReader(Open(path));
        for (var line = lines.ReadLine(); line is not null; line = lines.ReadLine())
        {
            yield return line;
        }
    }
}
