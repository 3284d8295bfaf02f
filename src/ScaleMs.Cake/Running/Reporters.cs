using ScaleMs.Core.Events;
using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>The views on one run: terminal, event log, summaries.</summary>
internal sealed class Reporters : IDisposable
{
    public Reporters(RunOptions options, string workspace, IRunObserver lifecycle)
    {
        Observers = [lifecycle];
    }

    public IReadOnlyList<IRunObserver> Observers { get; }

    public void Complete(RunReport report)
    {
    }

    public void Dispose()
    {
    }
}
