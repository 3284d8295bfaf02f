using System.Collections.Concurrent;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Runs scripts at a destination with the system's OpenSSH client: the user's configuration, agent and jump hosts, and one connection for all of them.</summary>
/// <remarks>Thread-safe. It never asks for anything: what a key or an agent does not settle is an error.</remarks>
internal sealed class SshShell : IStreamShell
{
    /// <summary>Servers refuse more sessions of one connection than <c>MaxSessions</c>, which is 10 by default.</summary>
    private const int MostSessions = 8;

    /// <summary>All shells of a destination share its connection.</summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Sessions = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim _sessions;
    private readonly string _destination;
    private readonly IReadOnlyList<string> _options;

    /// <summary>A shell at a destination.</summary>
    /// <param name="destination">As the client takes it.</param>
    /// <param name="options">Further options of the client; they win over ours.</param>
    internal SshShell(string destination, IReadOnlyList<string> options)
    {
        (_destination, _options) = (destination, options);
        _sessions = Sessions.GetOrAdd(string.Join('\0', [destination, .. options]), _ => new SemaphoreSlim(MostSessions));
    }

    /// <inheritdoc/>
    public string Name => _destination;

    /// <summary>The words of the client's command line, its name left out.</summary>
    internal IReadOnlyList<string> Arguments =>
    [
        .. _options, .. Multiplexing(),
        "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=3", "-o", "LogLevel=ERROR",
        "-o", "RemoteCommand=none", "-o", "ClearAllForwardings=yes", "-T", "--", _destination, SshScript.Command,
    ];

    /// <inheritdoc/>
    public async Task<IShellProcess> OpenAsync(string script, CancellationToken cancellation)
    {
        await _sessions.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return SshProcess.Start(_destination, Arguments, script, () => _sessions.Release());
        }
        catch
        {
            _sessions.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
    {
        await using var process = await OpenAsync(script, cancellation).ConfigureAwait(false);
        return await process.TalkAsync(input ?? string.Empty, cancellation).ConfigureAwait(false);
    }

    /// <summary>Ends the connection that the clients of this destination share, whatever state it is in; the next client makes another.</summary>
    internal async Task ForgetAsync()
    {
        if (!OperatingSystem.IsWindows())
        {
            await ControlFolder.EndAsync(ControlFolder.SocketOf(_destination, _options)).ConfigureAwait(false);
        }
    }

    private string[] Multiplexing() => OperatingSystem.IsWindows() ? []
        : ["-o", "ControlMaster=auto", "-o", $"ControlPath={ControlFolder.SocketOf(_destination, _options)}", "-o", FormattableString.Invariant($"ControlPersist={ControlFolder.PersistSeconds}")];
}
