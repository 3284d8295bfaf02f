using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Brings an attempt's root to a site and what it left back.</summary>
internal interface IAttemptStaging
{
    /// <summary>Makes the root, the order and the inputs be there, or tells how they get there; then the wrapper may be started.</summary>
    /// <exception cref="SiteException">The site cannot be reached, or has no room.</exception>
    Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation);

    /// <summary>Sees to it that each output that the node tells of is here, with the digest that it tells.</summary>
    /// <exception cref="SiteException">One is not here, or is another: nothing of the attempt may be recorded.</exception>
    Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation);

    /// <summary>Removes what is at the site alone.</summary>
    /// <exception cref="SiteException">The site cannot be reached.</exception>
    Task RemoveAsync(AttemptPlace place, CancellationToken cancellation);
}
