using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <content>Runs on a site that loses nodes: a step is launched again, and all comes out as if nothing had been.</content>
internal sealed partial class Scenario
{
    private readonly HashSet<string> _unlucky = new(StringComparer.Ordinal);

    private void RunShaky()
    {
        var expected = _reference.Evaluate(_workflow.Definition);
        _unlucky.UnionWith(expected.Steps.Where(_ => _choices.Next(3) == 1).Select(CommandOf));
        var hit = _unlucky.ToHashSet(StringComparer.Ordinal);
        var (run, launched) = Run("is shaky", null);
        hit.ExceptWith(_unlucky);
        _unlucky.Clear();
        Assert.Equal("done", run.Report!.Summary.Outcome);
        AssertRan(expected, launched);
        Assert.Equal(hit.Count, _host.Launcher.Launches.TakeLast(launched.Count).Count(IsLost));
        Learn(expected, run.Of(Outcome.Executed));
        AssertPublished(expected);
    }

    /// <summary>A step that loses its node the first time that it is launched.</summary>
    private bool LosesItsNode(string command) => _unlucky.Remove(command);

    private static bool IsLost(ScriptedLaunch launch) => launch.End?.End == LaunchEnd.NodeLost;

    private static ScriptedEnd Lost { get; } = ScriptedEnd.Ends(LaunchEnd.NodeLost, seconds: 3);
}
