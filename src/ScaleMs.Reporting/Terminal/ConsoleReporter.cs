using ScaleMs.Core.Events;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Shows a run on the console: plain lines, or a live area on a terminal, and the report at the end.</summary>
/// <remarks>Safe for calls from several threads. Between two frames of the live area at least an eighth of a second passes.</remarks>
public sealed class ConsoleReporter : IRunObserver, IDisposable
{
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(125);

    private readonly Lock _lock = new();
    private readonly RunView _view = new();
    private readonly TextWriter _output;
    private readonly TimeProvider _time;
    private readonly Narrator _narrator;
    private readonly LiveArea? _area;
    private Action<RunEvent>? _followers;
    private ITimer? _timer;
    private ExitGuard? _guard;

    /// <summary>Makes a reporter.</summary>
    /// <param name="output">Where to; flushed after each event or frame, not closed.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock of the live area; plain lines take their times from the events.</param>
    public ConsoleReporter(TextWriter output, ConsoleOptions options, TimeProvider time)
    {
        _output = output;
        _time = time;
        _narrator = new Narrator(options, _view);
        var palette = new Palette(options.HasColour);
        _area = options.Progress == ProgressKind.Live
            ? new LiveArea(output, () => StatusArea.Frame(_view, time.GetUtcNow(), options.Size().OrClassic(), palette))
            : null;
    }

    /// <inheritdoc/>
    public void On(RunEvent runEvent)
    {
        lock (_lock)
        {
            _view.Take(runEvent);
            Write(_narrator.Tell(runEvent));
            if (_area is not null)
            {
                FollowLive(runEvent);
            }

            _followers?.Invoke(runEvent);
        }

        if (runEvent is RunEvent.Finished)
        {
            EndLive();
        }
    }

    /// <summary>Prints a line of somebody else, such as a plain task's output, without disturbing the live area.</summary>
    /// <param name="line">The line without its end.</param>
    public void Print(string line)
    {
        lock (_lock)
        {
            Write([line]);
            if (_timer is null)
            {
                _area?.Erase();
            }
        }
    }

    /// <summary>Lets somebody else write several lines to the terminal, such as all the output of a plain task: nothing of this reporter comes between.</summary>
    /// <param name="write">Writes and flushes.</param>
    public void PrintBlock(Action write)
    {
        ArgumentNullException.ThrowIfNull(write);
        lock (_lock)
        {
            _area?.Erase();
            write();
        }
    }

    /// <summary>Takes what was before this reporter came to the run: it tells nothing of that, and knows it.</summary>
    /// <param name="before">The events.</param>
    public void CatchUp(IEnumerable<RunEvent> before)
    {
        ArgumentNullException.ThrowIfNull(before);
        lock (_lock)
        {
            foreach (var runEvent in before)
            {
                _view.Take(runEvent);
            }

            if (_area is not null)
            {
                StartLive();
            }
        }
    }

    /// <summary>Looks at the run as it is.</summary>
    internal T Look<T>(Func<RunView, T> look)
    {
        lock (_lock)
        {
            return look(_view);
        }
    }

    /// <summary>Lets somebody look at the run as it is and hear of every event from then on, of none twice. Who hears must not wait for anything.</summary>
    internal void Follow(Action<RunView> look, Action<RunEvent> hear)
    {
        lock (_lock)
        {
            look(_view);
            _followers += hear;
        }
    }

    /// <summary>Ends that.</summary>
    internal void Leave(Action<RunEvent> hear)
    {
        lock (_lock)
        {
            _followers -= hear;
        }
    }

    /// <summary>Takes the live area away. The output stays open.</summary>
    public void Dispose() => EndLive();

    private void Write(IEnumerable<string> lines)
    {
        var isAny = false;
        foreach (var line in lines)
        {
            isAny = true;
            if (_area is null)
            {
                _output.WriteLine(line);
            }
            else
            {
                _area.Add(line);
            }
        }

        if (isAny && _area is null)
        {
            _output.Flush();
        }
    }

    private void FollowLive(RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.Started:
                StartLive();
                break;
            case RunEvent.TaskStarted:
                // The task writes what it likes: it gets the terminal now, not with the next frame.
                _area!.Erase();
                break;
            default:
                break;
        }
    }

    private void StartLive() => _timer = _time.CreateTimer(_ => Redraw(), null, BetweenFrames, BetweenFrames);

    /// <summary>Runs on the timer's thread, where nobody would catch: a terminal that is gone ends the drawing, not the process.</summary>
    private void Redraw()
    {
        lock (_lock)
        {
            try
            {
                if (_timer is not null)
                {
                    _area!.Draw();
                    _guard ??= _area.IsShown ? new ExitGuard(EraseNow) : null;
                }
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private void EraseNow()
    {
        lock (_lock)
        {
            try
            {
                _area?.Erase();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // The process is about to end, and so is its terminal.
            }
        }
    }

    private void EndLive()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            _area?.Erase();
        }

        // Outside the lock: should it ever wait for a handler that runs, that handler wants the lock.
        _guard?.Dispose();
        _guard = null;
    }
}
