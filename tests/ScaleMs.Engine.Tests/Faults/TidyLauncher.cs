using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>The local launcher, for commands that are known to leave nobody behind; on a busy machine it cannot always tell by itself.</summary>
internal sealed class TidyLauncher : ILauncher
{
    private readonly LocalLauncher _launcher = new();

    public string Name => _launcher.Name;

    public async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
    {
        var result = await _launcher.RunAsync(request, onLine, cancellation);
        return result with { LeftNobody = result.End == LaunchEnd.Exited };
    }

    public int Reap(string workDirectory) => _launcher.Reap(workDirectory);
}
