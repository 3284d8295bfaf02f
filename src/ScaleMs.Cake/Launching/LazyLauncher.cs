using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>A launcher that is made when it is first needed: a site that nobody uses is not even looked for.</summary>
internal sealed class LazyLauncher(string name, Func<ILauncher> launcher) : ILauncher
{
    public string Name => name;

    public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation) => launcher().RunAsync(request, onLine, cancellation);

    public bool CanTakeOver(string directory) => launcher().CanTakeOver(directory);

    public int Reap(string workDirectory) => launcher().Reap(workDirectory);
}
