using System.Net.Sockets;
using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;

namespace ScaleMs.Reporting.Control;

/// <summary>Answers, beside a run, whoever asks how far it is, wants to follow it, or cancels it.</summary>
/// <remarks>
/// It begins when something is executed and the run has taken a moment: a run that is over before anybody could ask pays nothing, nor does
/// one with nothing to do. Nothing of it is ever the reason for a failure. It keeps no picture of the run: the console's is asked.
/// </remarks>
public sealed class ControlServer : IRunObserver, IDisposable
{
    private const int MostLinks = 64;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<ControlLink> _links = [];
    private readonly ConsoleReporter _console;
    private readonly ControlOrder _order;
    private RunEvent.Started? _started;
    private ITimer? _timer;
    private Socket? _listener;
    private RunNote? _note;
    private bool _isBegun;
    private bool _hasEnded;

    /// <summary>Makes a server, which does nothing yet.</summary>
    /// <param name="console">Knows the run.</param>
    /// <param name="order">Where, and what for.</param>
    public ControlServer(ConsoleReporter console, ControlOrder order) => (_console, _order) = (console, order);

    /// <inheritdoc/>
    public void On(RunEvent runEvent)
    {
        if (runEvent is RunEvent.Started started)
        {
            _started = started;
        }
        else if (!_isBegun && Executes(runEvent))
        {
            Begin();
        }
    }

    /// <summary>Tells all who listen how the run ended, and closes.</summary>
    /// <param name="exitCode">The exit code.</param>
    public void End(int exitCode)
    {
        List<ControlLink> links;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
            links = [.. _links];
        }

        _timer?.Dispose();
        if (_note is null)
        {
            return;
        }

        var end = new RunEnd(_order.Clock.GetUtcNow(), exitCode);
        Quietly(() => WriteEnd(end));
        Task.WaitAll([.. links.Select(link => link.EndAsync(end))], LongestFarewell);
        links.ForEach(link => link.Dispose());
        _listener?.Dispose();
        Quietly(() => File.Delete(_note.Socket ?? string.Empty));
    }

    /// <summary>Closes; a run whose exit code nobody told is left without an end in its note, as one that was killed.</summary>
    public void Dispose()
    {
        _hasEnded = true;
        _timer?.Dispose();
        _listener?.Dispose();
    }

    internal RunStatus Status() => _console.Look(view => RunStatus.Of(view, "engine", _order.Clock.GetUtcNow())) with { Note = _note };

    internal void Follow(Action<RunEvent> hear) => _console.Follow(
        view =>
        {
            foreach (var told in view.Retell(_order.Clock.GetUtcNow()))
            {
                hear(told);
            }
        },
        hear);

    internal void Leave(Action<RunEvent> hear) => _console.Leave(hear);

    internal void Cancel() => _order.Cancel();

    internal Task<CancelledSteps?> CancelStepsAsync(IReadOnlyList<string> patterns) => _order.CancelSteps(patterns);

    internal void Remove(ControlLink link)
    {
        lock (_gate)
        {
            _links.Remove(link);
        }
    }

    private static bool Executes(RunEvent runEvent) => runEvent is RunEvent.TaskStarted || (runEvent is not RunEvent.Finished && WorthKeeping.Is(runEvent));

    private void Begin()
    {
        _isBegun = true;
        if (_order.Output is null)
        {
            _timer = _order.Clock.CreateTimer(_ => Open(), null, Moment, Timeout.InfiniteTimeSpan);
            return;
        }

        Open();
        _order.Ready?.Invoke(_note!);
    }

    private void Open()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _note = new RunNote
            {
                Run = _started!.RunId,
                Target = _started.Target,
                StartedAt = _started.At,
                Host = _order.HostName,
                Pid = Environment.ProcessId,
                BootId = _order.BootId,
                IsDetached = _order.Output is not null,
                Output = _order.Output?.Invoke(_started.RunId),
                Socket = Listen(),
            };
            Quietly(() => _note.Write(_order.Store));
        }

        if (_listener is { } listener)
        {
            _ = Task.Run(() => AcceptAsync(listener));
        }
    }

    private string? Listen()
    {
        string? path = null;
        Quietly(() => ControlPlace.RemoveStale(_order.Store, RunNote.TryRead(_order.Store)));
        Quietly(() =>
        {
            var place = ControlPlace.Make(_order.Store);
            _listener = ControlPlace.Listen(place);
            path = place;
        });
        return path;
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (!_hasEnded)
            {
                Take(await listener.AcceptAsync().ConfigureAwait(false));
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The run has ended, or the system gave the socket up: the run goes on without.
        }
    }

    private void Take(Socket socket)
    {
        lock (_gate)
        {
            if (_hasEnded || _links.Count >= MostLinks || !PeerUser.IsOwn(socket))
            {
                socket.Dispose();
                return;
            }

            var link = new ControlLink(this, socket);
            _links.Add(link);
            link.Begin();
        }
    }

    /// <summary>A run that came after this one may have written a note of its own by now.</summary>
    private void WriteEnd(RunEnd end)
    {
        if (RunNote.TryRead(_order.Store) is { } present && present.Run == _note!.Run && present.Pid == _note.Pid)
        {
            (_note with { End = end, Socket = null }).Write(_order.Store);
        }
    }

    private void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or SocketException or JsonException or ArgumentException or NotSupportedException)
        {
            _order.Complain(cause.Message);
        }
    }
}
