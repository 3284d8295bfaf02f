using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Remote;

/// <summary>For sites that see this disk: nothing is copied. What the node wrote may be seen late here, and is waited for.</summary>
/// <param name="site">The site.</param>
/// <param name="fileDelay">How long a file is waited for.</param>
internal sealed class SharedStaging(SiteProfile site, TimeSpan fileDelay) : IAttemptStaging
{
    /// <summary>Whether claims are made here, open: a node that starts many attempts a second then starts no program to claim each of them.</summary>
    internal bool OpensClaims { get; init; }

    /// <inheritdoc/>
    public Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation)
    {
        var place = AttemptPlace.Shared(request.Directory);
        try
        {
            OrderFiles.Write(place.LocalRoot, request, site, place);
            OpenClaim(place);
            return Task.FromResult(place);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"the order cannot be written: {trouble.Message}");
        }
    }

    private void OpenClaim(AttemptPlace place)
    {
        if (OpensClaims)
        {
            OwnFile.MakeFolder(place.Here(AttemptFiles.Claim));
            File.WriteAllBytes(place.Here(AttemptFiles.OpenClaim), []);
        }
    }

    /// <inheritdoc/>
    public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) =>
        OutputCheck.AwaitAllAsync(request, result.Outputs, fileDelay, cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation)
    {
        File.Delete(place.Here(AttemptFiles.RawLog));
        return Task.CompletedTask;
    }
}
