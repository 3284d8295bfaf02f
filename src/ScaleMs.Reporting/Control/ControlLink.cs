using System.Buffers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;

namespace ScaleMs.Reporting.Control;

/// <summary>One client of a run's control server. A client that does not read is left, the run never waits for it.</summary>
internal sealed class ControlLink(ControlServer server, Socket socket) : IDisposable
{
    private const int LongestRequest = 4096;
    private const int MostWaiting = 1 << 16;
    private const int Piece = 1 << 16;

    private readonly Channel<object> _outgoing = Channel.CreateBounded<object>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private IReadOnlyDictionary<StepId, double>? _expected;
    private Task _written = Task.CompletedTask;
    private int _upToDate;
    private bool _follows;

    /// <summary>Begins to listen to the client.</summary>
    public void Begin()
    {
        _written = Task.Run(WriteAllAsync);
        _ = Task.Run(ReadAllAsync);
    }

    /// <summary>Tells the end, and that there is nothing more; completes when the client has it.</summary>
    public Task EndAsync(RunEnd end)
    {
        _outgoing.Writer.TryWrite(ControlAnswer.OfEnd(end));
        _outgoing.Writer.TryComplete();
        return _written;
    }

    public void Dispose() => socket.Dispose();

    private async Task ReadAllAsync()
    {
        try
        {
            await foreach (var line in LinesAsync().ConfigureAwait(false))
            {
                await AnswerAsync(line).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or IOException)
        {
            // The client is gone.
        }

        // What it asked for before it stopped asking is still told.
        if (!_follows)
        {
            _outgoing.Writer.TryComplete();
        }
    }

    private async IAsyncEnumerable<string> LinesAsync()
    {
        var bytes = new byte[LongestRequest];
        var length = 0;
        while (length < bytes.Length && await socket.ReceiveAsync(bytes.AsMemory(length)).ConfigureAwait(false) is > 0 and var read)
        {
            length += read;
            for (var end = bytes.AsSpan(0, length).IndexOf((byte)'\n'); end >= 0; end = bytes.AsSpan(0, length).IndexOf((byte)'\n'))
            {
                yield return Encoding.UTF8.GetString(bytes, 0, end);
                bytes.AsSpan(end + 1, length - end - 1).CopyTo(bytes);
                length -= end + 1;
            }
        }
    }

    private async Task AnswerAsync(string line)
    {
        var request = Read(line);
        if (request is not { Version: ControlRequest.Present })
        {
            Send(ControlAnswer.Refusal(request is null ? "that is no request" : $"this run speaks version {ControlRequest.Present}, not {request.Version}: use the scalems of the workflow's version"));
            return;
        }

        switch (request.Request)
        {
            case "status":
                Send(ControlAnswer.To("status") with { Status = server.Status() });
                break;
            case "events":
                Send(ControlAnswer.To("events"));
                _follows = true;
                server.Follow(Hear);
                break;
            case "cancel":
                server.Cancel();
                Send(ControlAnswer.To("cancel"));
                break;
            case "cancelSteps":
                Send(await server.CancelStepsAsync(request.Steps?.OfType<string>().ToList() ?? []).ConfigureAwait(false) is { } cancelled
                    ? ControlAnswer.To("cancelSteps") with { Cancelled = cancelled }
                    : ControlAnswer.Refusal("it executes no steps now"));
                break;
            default:
                Send(ControlAnswer.Refusal($"there is no request '{request.Request}'"));
                break;
        }
    }

    private static ControlRequest? Read(string line)
    {
        try
        {
            // The reader of JSON looks at members, not at elements.
            return JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest) is { } request && request.Steps?.Contains(null) != true ? request : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Up-to-date instances are only counted: there may be a million of them in a moment.</summary>
    private void Hear(RunEvent runEvent)
    {
        var upToDate = runEvent switch
        {
            RunEvent.StepFinished { Result.Outcome: Outcome.UpToDate } => 1,
            RunEvent.UpToDate told => told.Steps,
            _ => 0,
        };
        if (upToDate == 0)
        {
            Send(runEvent);
        }
        else if (Interlocked.Add(ref _upToDate, upToDate) == upToDate)
        {
            Send(new RunEvent.UpToDate(runEvent.At, string.Empty, 0, 0));
        }
    }

    private void Send(object message)
    {
        if (!_outgoing.Writer.TryWrite(message))
        {
            // It does not read: it is cut off, and may come again.
            socket.Dispose();
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                while (_buffer.WrittenCount < Piece && _outgoing.Reader.TryRead(out var message))
                {
                    Write(message);
                }

                await SendBufferAsync().ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or IOException)
        {
            // The client is gone.
        }

        server.Leave(Hear);
        server.Remove(this);
        socket.Dispose();
    }

    private async Task SendBufferAsync()
    {
        for (var rest = _buffer.WrittenMemory; rest.Length > 0;)
        {
            rest = rest[await socket.SendAsync(rest).ConfigureAwait(false)..];
        }

        _buffer.ResetWrittenCount();
    }

    private void Write(object message)
    {
        switch (message)
        {
            case ControlAnswer answer:
                _buffer.Write(Encoding.UTF8.GetBytes(ControlJson.Line(answer)));
                _buffer.Write("\n"u8);
                break;
            case RunEvent.UpToDate counted:
                Write((RunEvent)(counted with { Steps = Interlocked.Exchange(ref _upToDate, 0) }));
                break;
            case RunEvent.Finished finished:
                WriteUpToDate(finished);
                Write((RunEvent)finished);
                break;
            case RunEvent runEvent:
                Write(runEvent);
                break;
        }
    }

    /// <summary>By task, as the event log has them at its end: a table at the end needs them.</summary>
    private void WriteUpToDate(RunEvent.Finished finished)
    {
        var tally = new UpToDateTally();
        foreach (var result in finished.Summary.Steps.Where(result => result.Outcome == Outcome.UpToDate))
        {
            tally.Add(new RunEvent.StepFinished(finished.At, result));
        }

        foreach (var row in tally.Rows)
        {
            Write(new RunEvent.UpToDate(row.At, row.Task, row.Steps, row.SavedSeconds));
        }
    }

    private void Write(RunEvent runEvent)
    {
        _expected = runEvent is RunEvent.Defined defined ? defined.Expected : _expected;
        using var json = new Utf8JsonWriter(_buffer, ResultJson.Compact);
        EventJson.Write(json, runEvent, _expected);
        json.Flush();
        _buffer.Write("\n"u8);
    }
}
