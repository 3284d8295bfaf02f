using System.Diagnostics.CodeAnalysis;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Launchers.Slurm;

/// <summary>For clusters that do not see this disk: attempts are shipped to the scratch folder, which the login node and the nodes share.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore that nobody asks for its handle holds nothing.")]
internal sealed class AfarStaging(SiteProfile site, IStreamShell shell) : IAttemptStaging
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ShippedStaging? _staging;

    /// <inheritdoc/>
    public async Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation) =>
        await (await ReadyAsync(cancellation).ConfigureAwait(false)).SendAsync(request, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) =>
        await (await ReadyAsync(cancellation).ConfigureAwait(false)).BringBackAsync(request, place, result, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) =>
        await (await ReadyAsync(cancellation).ConfigureAwait(false)).RemoveAsync(place, cancellation).ConfigureAwait(false);

    /// <summary>The folder's path is asked for once, and again where the site did not answer.</summary>
    private async Task<ShippedStaging> ReadyAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_staging is null)
            {
                var folder = await ScratchFolder.MakeAsync(shell, site.Scratch, cancellation).ConfigureAwait(false);
                _staging = new ShippedStaging(site, shell, () => folder);
            }

            return _staging;
        }
        finally
        {
            _turn.Release();
        }
    }
}
