using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace ScaleMs.Reporting.Control;

/// <summary>Asks a running engine.</summary>
internal sealed class ControlClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly StreamReader _lines;

    private ControlClient(Socket socket)
    {
        _socket = socket;
        _lines = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
    }

    /// <summary>Reaches the engine of a run.</summary>
    /// <param name="note">The run's note.</param>
    /// <returns>The client, or why there is none.</returns>
    public static (ControlClient? Client, string Problem) Reach(RunNote note)
    {
        if (note.Socket is not { } path)
        {
            return (null, "it has no control socket");
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            if (PeerUser.IsOwn(socket))
            {
                return (new ControlClient(socket), string.Empty);
            }

            socket.Dispose();
            return (null, $"it is another user's, and '{path}' answers its owner only");
        }
        catch (Exception cause) when (cause is SocketException or ArgumentException)
        {
            socket.Dispose();
            return (null, $"its socket '{path}' does not answer: {cause.Message}");
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer; a refusal when the engine gives none in time.</returns>
    public ControlAnswer Ask(string request) => Ask(new ControlRequest(ControlRequest.Present, request));

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The answer; a refusal when the engine gives none in time.</returns>
    public ControlAnswer Ask(ControlRequest request)
    {
        try
        {
            _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
            _socket.Send(Encoding.UTF8.GetBytes(ControlJson.Line(request) + "\n"));
            var line = _lines.ReadLine();
            _socket.ReceiveTimeout = 0;
            return (line is null ? null : AnswerIn(line)) ?? ControlAnswer.Refusal("it ended the connection without an answer");
        }
        catch (Exception cause) when (cause is IOException or SocketException)
        {
            return ControlAnswer.Refusal($"it gave no answer: {cause.Message}");
        }
    }

    /// <summary>The next line of a stream; null at its end.</summary>
    /// <param name="longest">How long to wait; null for ever.</param>
    /// <exception cref="TimeoutException">Nothing came in time.</exception>
    public string? Next(TimeSpan? longest = null)
    {
        try
        {
            _socket.ReceiveTimeout = longest is { } most ? (int)Math.Max(1, most.TotalMilliseconds) : 0;
            return _lines.ReadLine();
        }
        catch (IOException cause) when (cause.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
        {
            throw new TimeoutException(cause.Message, cause);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The answer that a line holds; null when it holds none, such as a line of the event log.</summary>
    public static ControlAnswer? AnswerIn(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ControlJson.Default.ControlAnswer) is { Answer.Length: > 0 } answer ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Ends a wait for the next line, from another thread.</summary>
    public void Leave()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other end was faster.
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _socket.Dispose();
    }
}
