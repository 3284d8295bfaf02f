using System.ComponentModel;
using System.Diagnostics;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>A client of ssh with a script at its other end.</summary>
internal sealed class SshProcess : IShellProcess
{
    private readonly string _destination;
    private readonly Process _process;
    private readonly Action _ended;
    private readonly ErrorText _errors;
    private bool _isDisposed;

    private SshProcess(string destination, Process process, Action ended)
    {
        (_destination, _process, _ended) = (destination, process, ended);
        _errors = new ErrorText(process.StandardError.BaseStream);
    }

    /// <inheritdoc/>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <inheritdoc/>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Starts the client and hands it the script; tells once when it is disposed.</summary>
    internal static SshProcess Start(string destination, IReadOnlyList<string> arguments, string script, Action ended)
    {
        try
        {
            var started = new SshProcess(destination, Process.Start(Order(arguments))!, ended);
            started.Send(SshScript.Preamble(script));
            return started;
        }
        catch (Win32Exception trouble)
        {
            throw SshTrouble.NoClient(trouble.Message).AsException();
        }
    }

    /// <inheritdoc/>
    public async Task<ShellAnswer> EndAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        var (isBegun, said) = Begun(await _errors.ReadAsync().ConfigureAwait(false));
        return !isBegun ? throw SshTrouble.Of(_destination, _process.ExitCode, said).AsException()
            : _process.ExitCode == SshTrouble.ConnectionExit ? throw SshTrouble.Broken(_destination).AsException()
            : new ShellAnswer(_process.ExitCode, string.Empty, said);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _process.Dispose();
        _ended();
    }

    /// <summary>A jump host would otherwise ask on the terminal for what its key does not settle.</summary>
    private static ProcessStartInfo Order(IReadOnlyList<string> arguments)
    {
        var order = new ProcessStartInfo("ssh", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        order.Environment["LC_ALL"] = "C";
        order.Environment["SSH_ASKPASS"] = "false";
        order.Environment["SSH_ASKPASS_REQUIRE"] = "force";
        return order;
    }

    private static (bool IsBegun, string Said) Begun(string errors)
    {
        var lines = errors.Split('\n');
        return (lines.Contains(SshScript.Begun), string.Join('\n', lines.Where(line => line != SshScript.Begun && !IsOfSharing(line))));
    }

    /// <summary>A client that cannot share the connection says so, and makes its own.</summary>
    private static bool IsOfSharing(string line) => line.StartsWith("mux_client_", StringComparison.Ordinal) || line.StartsWith("ControlSocket ", StringComparison.Ordinal);

    /// <summary>A client that has ended already says so by its exit code.</summary>
    private void Send(byte[] preamble)
    {
        try
        {
            Input.Write(preamble);
            Input.Flush();
        }
        catch (IOException)
        {
            // The pipe is broken.
        }
    }
}
