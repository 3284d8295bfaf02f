using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>A shell at a site whose scripts read and write streams of any length.</summary>
internal interface IStreamShell : ISiteShell
{
    /// <summary>Starts a script.</summary>
    /// <param name="script">POSIX shell without NUL; it is run only when all of it has arrived.</param>
    /// <param name="cancellation">Ends the wait for a free session.</param>
    /// <returns>The running script; to be disposed, which ends it.</returns>
    /// <exception cref="SiteException">The client cannot be started.</exception>
    Task<IShellProcess> OpenAsync(string script, CancellationToken cancellation);
}

/// <summary>A script that runs at a site.</summary>
internal interface IShellProcess : IAsyncDisposable
{
    /// <summary>What the script reads; closing it tells the script that nothing more comes.</summary>
    Stream Input { get; }

    /// <summary>What the script writes.</summary>
    Stream Output { get; }

    /// <summary>Waits for its end; whoever calls has read its output, or reads it meanwhile.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Its exit code and its standard error.</returns>
    /// <exception cref="SiteException">The connection failed, or the script was never begun.</exception>
    Task<ShellAnswer> EndAsync(CancellationToken cancellation);
}
