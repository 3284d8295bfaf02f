[assembly: AssemblyFixture(typeof(ScaleMs.Study.Tests.FreshStudy))]

// Each run of the study asks for all cores, and times are bounded.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace ScaleMs.Study.Tests;

/// <summary>The study run once in its smoke size, from nothing; tests look at it and work on copies.</summary>
public sealed class FreshStudy : IDisposable
{
    /// <summary>How many steps the study has with four replicas.</summary>
    internal const int Steps = 46;

    private readonly Lazy<(Workspace Workspace, Outcome Outcome)> _run = new(() =>
    {
        var workspace = Workspace.Fresh();
        return (workspace, workspace.Run());
    });

    internal Workspace Workspace => Run().Workspace;

    internal Outcome Outcome => Run().Outcome;

    public void Dispose()
    {
        if (_run.IsValueCreated)
        {
            _run.Value.Workspace.Dispose();
        }
    }

    /// <summary>A copy to work on; where the first run failed there is no point.</summary>
    internal Workspace Copy()
    {
        Outcome.Ends(0);
        return Workspace.Copy();
    }

    private (Workspace Workspace, Outcome Outcome) Run()
    {
        Programs.AreNeeded();
        return _run.Value;
    }
}
