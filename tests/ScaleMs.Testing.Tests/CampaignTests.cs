using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>2,000 replicas of five stages each, with failures, crashes of the host and resumes: weeks of virtual time.</summary>
public sealed class CampaignTests
{
    private const int Replicas = 2000;
    private const int Slots = 64;
    private static readonly string[] Stages = ["prepare", "minimise", "equilibrate", "produce", "analyse"];
    private readonly Random _random = new(2026);

    [Fact]
    public void Campaign_WithFailuresAndCrashes_ExecutesEachStepOnceAndWhatWasLostAgain()
    {
        var (host, definition) = Campaign();
        var scripted = definition.Steps.Where(_ => _random.Next(100) == 0).Select(step => step.Id).ToHashSet();
        host.Launcher.Script = step => scripted.Contains(step.Id) && step.Attempt == 1 ? ScriptedEnd.Fails() : Stage(step);
        foreach (var hours in new[] { 3, 17, 40, 90 })
        {
            Assert.True(host.Run(definition, new SimulatedRunOptions { KeepGoing = true, CrashAfter = TimeSpan.FromHours(hours) }).HasCrashed);
        }

        // Every run that ends leaves the steps that failed; the next one tries them again.
        var runs = 0;
        while (host.Run(definition, new SimulatedRunOptions { KeepGoing = true }).Report!.ExitCode != 0)
        {
            Assert.True(++runs <= Stages.Length, "more runs than a chain of failures needs");
        }

        Assert.Empty(host.Run(definition).Of(Outcome.Executed));
        var launches = host.Launcher.Launches;
        var lost = launches.Count(launch => launch.End is null);
        Assert.InRange(lost, 4, 4 * Slots);
        Assert.Equal(scripted.Count, launches.Count(launch => launch.End is { ExitCode: not 0 }));
        Assert.Equal(definition.Steps.Count + lost + scripted.Count, launches.Count);
        Assert.Equal(Replicas, host.Disk.Files(SimulatedHost.PathOf("results")).Count);
        AssertPeak(launches, _ => 1, Slots);
    }

    /// <summary>Graham's bound: no list schedule takes longer than the work of all slots and the longest chain.</summary>
    [Fact]
    public void Campaign_Undisturbed_TakesNoLongerThanAListScheduleMay()
    {
        var (host, definition) = Campaign();
        var report = host.Run(definition).Report!;
        var seconds = host.Launcher.Launches.ToDictionary(launch => launch.Step, launch => (launch.EndedAt!.Value - launch.StartedAt).TotalSeconds);
        var chain = Enumerable.Range(0, Replicas).Max(replica => Stages.Sum(stage => seconds[IdOf(stage, replica)]));
        var bound = (seconds.Values.Sum() / Slots) + (chain * (Slots - 1) / Slots);
        Assert.Equal(definition.Steps.Count, report.Summary.Counts.Executed);
        Assert.InRange(report.Summary.WallSeconds, seconds.Values.Sum() / Slots, bound);
    }

    [Fact]
    public void Campaign_OfMixedDemands_NeverExceedsWhatThereIs()
    {
        var host = new SimulatedHost
        {
            Capacity = new Resources(16, 64L << 30, 4, null, new Dictionary<string, int> { ["licence"] = 3 }),
        };
        var steps = Enumerable.Range(0, 400).Select(number => Step("mixed", number, null) with
        {
            Resources = new Resources(
                1 + _random.Next(8), (long)_random.Next(32) << 30, _random.Next(3), null, new Dictionary<string, int> { ["licence"] = _random.Next(3) }),
        }).ToList();
        host.Launcher.Script = step => StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromSeconds(1 + _random.Next(1000)) };
        Assert.Equal(400, host.Run(new WorkflowDefinition([new WorkflowTask("mixed", [], IsPlain: false)], steps, [])).Report!.Summary.Counts.Executed);
        var resources = steps.ToDictionary(step => step.Id, step => step.Resources);
        AssertPeak(host.Launcher.Launches, launch => resources[launch.Step].Cpus, 16);
        AssertPeak(host.Launcher.Launches, launch => resources[launch.Step].MemoryBytes, 64L << 30);
        AssertPeak(host.Launcher.Launches, launch => resources[launch.Step].Gpus, 4);
        AssertPeak(host.Launcher.Launches, launch => resources[launch.Step].Tokens!["licence"], 3);
    }

    private static (SimulatedHost Host, WorkflowDefinition Definition) Campaign()
    {
        var host = new SimulatedHost { Capacity = new Resources(Slots) };
        host.Launcher.Script = Stage;
        var steps = Stages.SelectMany((stage, i) => Enumerable.Range(0, Replicas).Select(replica => Step(stage, replica, i == 0 ? null : Stages[i - 1]))).ToList();
        var tasks = Stages.Select((stage, i) => new WorkflowTask(stage, Stages.Take(i).TakeLast(1).ToList(), IsPlain: false)).ToList();
        return (host, new WorkflowDefinition(tasks, steps, []));
    }

    private static StepId IdOf(string stage, int replica) => new(stage, stage, $"replica={replica}");

    private static StepInstance Step(string stage, int replica, string? before) => new()
    {
        Id = IdOf(stage, replica),
        Operation = new Operation.Commands([new Command("gmx", [stage, $"{replica}"])]),
        Tools = [new Tool("gmx", ["gmx"], new ToolVersion.OfBinary())],
        Inputs = before is null ? [] : [new Input(ArtifactPath.Parse("in"), new InputSource.StepOutput(IdOf(before, replica), ArtifactPath.Parse("out")), ContentIdentity.Bytes)],
        Outputs = [new Output(ArtifactPath.Parse("out"), OutputIdentity.Bytes, stage == "analyse" ? ArtifactPath.Parse($"results/{replica}.csv") : null)],
    };

    /// <summary>From one to three hours, by the step's own name and so the same each time.</summary>
    private static ScriptedEnd Stage(ScriptedStep step) =>
        StepScripts.DigestOfInputs(step) with { Duration = TimeSpan.FromMinutes(60 + (Core.Digests.Digest.OfText(step.Id.ToString()).Hex[0] * 2 % 120)) };

    /// <summary>What runs at one time never takes more than there is; what ended makes room at once.</summary>
    private static void AssertPeak(IReadOnlyList<ScriptedLaunch> launches, Func<ScriptedLaunch, long> claim, long capacity)
    {
        var taken = 0L;
        var changes = launches.Where(launch => launch.EndedAt is not null)
            .SelectMany(launch => new[] { (At: launch.StartedAt, Claim: claim(launch)), (At: launch.EndedAt!.Value, Claim: -claim(launch)) })
            .OrderBy(change => change.At).ThenBy(change => change.Claim, Comparer<long>.Default);
        foreach (var change in changes)
        {
            taken += change.Claim;
            Assert.True(taken <= capacity, $"{taken} of {capacity} taken at {change.At}");
        }
    }
}
