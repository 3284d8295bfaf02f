namespace ScaleMs.Launchers.Remote;

/// <summary>Lets what has ended be brought back though the run was cancelled: for a while longer, and no more.</summary>
internal sealed class HarvestTime : IDisposable
{
    /// <summary>How long.</summary>
    internal static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _listening;

    /// <param name="grace">How long there is once the run is cancelled.</param>
    /// <param name="cancellation">Cancels the run.</param>
    internal HarvestTime(TimeSpan grace, CancellationToken cancellation) => _listening = cancellation.Register(() => _over.CancelAfter(grace));

    /// <summary>Ends the bringing back.</summary>
    internal CancellationToken Over => _over.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _listening.Dispose();
        _over.Dispose();
    }
}
