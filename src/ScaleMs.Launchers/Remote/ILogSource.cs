namespace ScaleMs.Launchers.Remote;

/// <summary>A log that grows somewhere.</summary>
internal interface ILogSource
{
    /// <summary>Reads on.</summary>
    /// <param name="offset">How much was read, bytes.</param>
    /// <param name="buffer">Takes what comes next.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>How much came; 0 when there is no more by now, or no log.</returns>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation);
}
