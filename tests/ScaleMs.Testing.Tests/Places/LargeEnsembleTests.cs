using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Places;

/// <summary>100,000 members on a cluster that loses nodes and takes places away, with a client that is killed twice.</summary>
public sealed class LargeEnsembleTests
{
    private const int Members = 100_000;

    [Fact]
    public void Ensemble_OnAShakyCluster_MakesEachResultOnceAndNothingTwiceThatHadFinished()
    {
        var host = new SimulatedHost();
        var cluster = new SimulatedSite("cluster") { MostAttempts = 5_000, Script = Shaky };
        host.Sites.Add(cluster);
        var definition = Ensemble();
        foreach (var hours in (int[])[5, 11])
        {
            Assert.True(host.Run(definition, new SimulatedRunOptions { CrashAfter = TimeSpan.FromHours(hours) }).HasCrashed);
        }

        Assert.Equal(0, host.Run(definition).Report!.ExitCode);
        Assert.Equal(0, host.Run(definition).Report!.Summary.Counts.Executed);
        var launches = host.Launcher.Launches;
        var done = launches.Where(launch => launch.End is { End: LaunchEnd.Exited }).ToList();
        Assert.Equal((Members, Members), (done.Count, done.DistinctBy(launch => launch.Step).Count()));
        Assert.InRange(launches.Count - Members, Members / 20, Members / 8);
        Assert.Equal(launches.Count, cluster.Begun);
        Assert.InRange(cluster.TakenOver, 5_000, 10_000);
        Assert.Equal(5_000, cluster.MostUnderWay);
    }

    /// <summary>Of a hundred first attempts five lose their node and three their place; second ones succeed.</summary>
    private static ScriptedEnd Shaky(ScriptedStep step)
    {
        var chance = Convert.ToInt32(Core.Digests.Digest.OfText(step.Id.ToString()).Hex[..4], 16) % 100;
        return step.Attempt > 1 ? Work(step, 60)
            : chance < 5 ? ScriptedEnd.Ends(LaunchEnd.NodeLost, 1800)
            : chance < 8 ? ScriptedEnd.Ends(LaunchEnd.Preempted, 900)
            : Work(step, 30 + chance);
    }

    private static ScriptedEnd Work(ScriptedStep step, int minutes)
    {
        step.Write("out", step.Id.ToString());
        return ScriptedEnd.After(minutes * 60);
    }

    private static WorkflowDefinition Ensemble() => new(
        [new WorkflowTask("work", [], IsPlain: false)],
        [.. Enumerable.Range(0, Members).Select(number => new StepInstance
        {
            Id = new StepId("work", "work", $"n={number}"),
            Operation = new Operation.Commands([new Command("gmx", [$"{number}"])]),
            Tools = [new Tool("gmx", ["gmx"], new ToolVersion.OfBinary())],
            Launcher = "cluster",
            Outputs = [new Output(ArtifactPath.Parse("out"), OutputIdentity.Bytes, null)],
        })],
        []);
}
