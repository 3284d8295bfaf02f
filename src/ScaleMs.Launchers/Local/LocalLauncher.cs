using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Local;

/// <summary>Runs commands on this machine: a session per command, TERM then KILL to its whole tree, no shell and no wrapper.</summary>
/// <remarks>
/// Thread safe; it holds no state between attempts. It knows neither steps nor scheduling. A command's processes are its session,
/// its group, and all that carry its marker, the variable <c>SCALEMS_ATTEMPT</c> with the private directory; none of them outlives the
/// command. Every command writes into the log file itself, so the log stays whole when this host is killed; the text of standard input
/// passes through <c>&lt;log file&gt;.stdin</c>. Peak memory below that of this host is sampled, and 0 for commands of a few milliseconds.
/// Where there is no <c>/proc</c> (macOS) only the group is ended, what is left of it as soon as its leader has ended.
/// </remarks>
public sealed class LocalLauncher : ILauncher
{
    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    /// <remarks>
    /// When it is stopped, TERM is sent once, and the whole tree has the request's grace to end. For <see cref="LaunchEnd.NotStarted"/>
    /// the index is that of the command that did not start. An exit code of -1 means that the system lost the status, because the host
    /// was started with SIGCHLD ignored; the log says so. It throws only what <paramref name="onLine"/> throws, after ending the processes.
    /// </remarks>
    public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            return await new WindowsAttempt(request, onLine, cancellation).RunAsync().ConfigureAwait(false);
        }

        using var attempt = new PosixAttempt(request, onLine, cancellation);
        return await attempt.RunAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The caller holds the workspace's exclusive lock, so every process that bears the marker of an attempt below the directory was
    /// left by a dead client; this process and its ancestors are spared. Paths are compared as they were given, symbolic links and all.
    /// Takes up to 7 s where processes resist. Without <c>/proc</c> (macOS, Windows) nothing is found, and the answer is 0.
    /// </remarks>
    public int Reap(string workDirectory) => Reaper.Reap(workDirectory);
}
