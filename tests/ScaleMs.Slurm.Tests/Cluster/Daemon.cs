using System.Diagnostics;

namespace ScaleMs.Slurm.Tests.Cluster;

/// <summary>A server that runs in the foreground of its own process and is ended by its id.</summary>
internal sealed class Daemon(string name, string program, params string[] arguments) : IDisposable
{
    private Process? _process;

    internal string Name => name;

    internal bool IsUp => _process is { HasExited: false };

    internal void Start()
    {
        // No pipes: whatever it starts would hold them open after its end.
        var words = string.Join(' ', ((string[])[program, .. arguments]).Select(word => $"'{word}'"));
        _process = Process.Start("/bin/sh", ["-c", $"exec {words} </dev/null >/dev/null 2>&1"]);
    }

    internal void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit(TimeSpan.FromSeconds(10));
    }

    /// <summary>TERM, and KILL after ten seconds.</summary>
    internal void Stop()
    {
        if (_process is { HasExited: false })
        {
            using var kill = Process.Start("/bin/kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                Kill();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _process?.Dispose();
    }
}
