using System.Buffers;
using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Files;

/// <summary>Writes the event stream as lines of JSON: <c>runs/&lt;id&gt;/events.jsonl</c>, or the file of <c>--events</c>.</summary>
/// <remarks>
/// Each line is flushed, so that others can follow the file. Up-to-date instances make one line a task, written before the last line.
/// Of a step's progress one line every five seconds is kept: a simulation of a week tells more than a log should hold.
/// </remarks>
/// <param name="open">Makes the stream, which the log then owns; called at most once.</param>
/// <param name="keepsNullRuns">Whether a run in which nothing happened is written too (the user asked for the file), or never opens the stream.</param>
public sealed class EventLog(Func<Stream> open, bool keepsNullRuns = false) : IRunObserver, IDisposable
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(5);

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly UpToDateTally _upToDate = new();
    private readonly List<RunEvent> _held = [];
    private Dictionary<StepId, DateTimeOffset>? _progressAt;
    private IReadOnlyDictionary<StepId, double>? _expected;
    private Utf8JsonWriter? _json;
    private Stream? _stream;
    private bool _isGivenUp;

    /// <inheritdoc/>
    public void On(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.StepFinished { Result.Outcome: Outcome.UpToDate } finished:
                _upToDate.Add(finished);
                return;
            case RunEvent.UpToDate told:
                _upToDate.Add(told);
                return;
            case RunEvent.StepProgressed progressed when !IsDue(progressed):
                return;
            case RunEvent.Defined defined:
                _expected = defined.Expected;
                break;
            default:
                break;
        }

        Keep(runEvent);
    }

    /// <summary>Closes the stream if there is one.</summary>
    public void Dispose()
    {
        WriteUpToDate();
        _json?.Dispose();
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>Holds events back until one is worth a file; a null run's are never written.</summary>
    private void Keep(RunEvent runEvent)
    {
        if (_isGivenUp)
        {
            return;
        }

        _held.Add(runEvent);
        if (_stream is null && !keepsNullRuns && !WorthKeeping.Is(runEvent))
        {
            return;
        }

        _stream ??= Open();
        foreach (var held in _held)
        {
            Write(held);
        }

        _held.Clear();
    }

    /// <summary>When the stream cannot be made the first caller hears of it, and the log stays silent from then on.</summary>
    private Stream Open()
    {
        _isGivenUp = true;
        var stream = open();
        _isGivenUp = false;
        return stream;
    }

    private void Write(RunEvent runEvent)
    {
        if (runEvent is RunEvent.Finished)
        {
            WriteUpToDate();
        }

        WriteLine(json => EventJson.Write(json, runEvent, _expected));
    }

    private void WriteUpToDate()
    {
        if (_stream is null)
        {
            return;
        }

        foreach (var row in _upToDate.Rows)
        {
            WriteLine(json => EventJson.Write(json, new RunEvent.UpToDate(row.At, row.Task, row.Steps, row.SavedSeconds), _expected));
        }

        _upToDate.Clear();
    }

    private void WriteLine(Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_buffer, ResultJson.Compact);
        _json.Reset();
        write(_json);
        _json.Flush();
        _buffer.Write("\n"u8);
        // One write a line: a reader never sees a half line of a run that lives.
        _stream!.Write(_buffer.WrittenSpan);
        _stream.Flush();
    }

    private bool IsDue(RunEvent.StepProgressed progressed)
    {
        _progressAt ??= [];
        if (_progressAt.TryGetValue(progressed.Step, out var last) && progressed.At - last < BetweenProgress)
        {
            return false;
        }

        _progressAt[progressed.Step] = progressed.At;
        return true;
    }
}
