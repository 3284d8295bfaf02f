using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>For sites that do not see this disk: inputs and outputs travel by content.</summary>
internal sealed class ShippedStaging(SiteProfile site, IStreamShell shell, Func<string> scratch) : IAttemptStaging
{
    public Task<AttemptPlace> SendAsync(LaunchRequest request, CancellationToken cancellation) => throw new SiteException($"{site} {shell} {scratch}");

    public Task BringBackAsync(LaunchRequest request, AttemptPlace place, AttemptResult result, CancellationToken cancellation) => Task.CompletedTask;

    public Task RemoveAsync(AttemptPlace place, CancellationToken cancellation) => Task.CompletedTask;
}
