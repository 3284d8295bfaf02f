using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>A site that is reached when it is first asked.</summary>
internal sealed class LazySite(Func<ISite> site) : ISite
{
    private bool _isReached;

    public ToolAnswer Find(Tool tool) => Reached().Find(tool);

    public string Fact(SiteFact fact) => Reached().Fact(fact);

    public Dictionary<string, string> EnvironmentOf(StepInstance step) => Reached().EnvironmentOf(step);

    public void Recheck(Tool tool) => Reached().Recheck(tool);

    /// <summary>Who was not asked remembers nothing.</summary>
    public void OpenEpoch()
    {
        if (_isReached)
        {
            site().OpenEpoch();
        }
    }

    private ISite Reached()
    {
        _isReached = true;
        return site();
    }
}
