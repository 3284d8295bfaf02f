using System.Globalization;

namespace ScaleMs.Study.Tests;

/// <summary>Two replicas, long enough that several checkpoints fall into their production.</summary>
public sealed class InterruptedStudy(FreshStudy fresh) : IDisposable
{
    /// <summary>The same, but the first checkpoint would come long after the end. Both replicas are to run at once, also on one core.</summary>
    internal static readonly string[] WithoutCheckpoints = ["--jobs", "2", "--set", "replicas=2", "--set", "nsteps=1500"];

    /// <summary>0.01 minutes between checkpoints is the least that the study takes.</summary>
    internal static readonly string[] Arguments = [.. WithoutCheckpoints, "--set", "checkpoint=0.01"];

    private readonly Lazy<Workspace> _equilibrated = new(() => Equilibrated(fresh, Arguments));

    private readonly Lazy<Workspace> _equilibratedWithoutCheckpoints = new(() => Equilibrated(fresh, WithoutCheckpoints));

    private Workspace? _undisturbed;

    /// <summary>The whole study with nothing in its way, to compare with.</summary>
    internal Workspace Undisturbed
    {
        get
        {
            if (_undisturbed is null)
            {
                var workspace = Copy();
                workspace.Run(Arguments).Ends(0);
                _undisturbed = workspace;
            }

            return _undisturbed;
        }
    }

    /// <summary>A workspace in which everything before production is done.</summary>
    internal Workspace Copy() => _equilibrated.Value.Copy();

    /// <summary>The same for runs without checkpoints: a checkpoint's interval is in the keys.</summary>
    internal Workspace CopyWithoutCheckpoints() => _equilibratedWithoutCheckpoints.Value.Copy();

    public void Dispose()
    {
        _undisturbed?.Dispose();
        foreach (var equilibrated in new[] { _equilibrated, _equilibratedWithoutCheckpoints }.Where(lazy => lazy.IsValueCreated))
        {
            equilibrated.Value.Dispose();
        }
    }

    private static Workspace Equilibrated(FreshStudy fresh, string[] arguments)
    {
        var workspace = fresh.Copy();
        workspace.RunTarget("equilibrate", arguments).Ends(0);
        return workspace;
    }
}

public sealed class InterruptionTests(InterruptedStudy study) : IClassFixture<InterruptedStudy>
{
    private static readonly string[] Production = ["produce/prod.mdrun[replica=0]", "produce/prod.mdrun[replica=1]"];

    [Fact]
    public async Task Run_HostAndStepsKilledAtOnce_StartsOverWithTheSameBytes()
    {
        Marked.AreNeeded();
        using var workspace = await KilledInProductionAsync();
        var next = workspace.Run(InterruptedStudy.WithoutCheckpoints).Ends(0);

        Assert.Superset(Production.ToHashSet(), next.Executed.ToHashSet());
        Assert.All(Production, step => Assert.False(workspace.WasContinued(step)));
        foreach (var replica in new[] { 0, 1 })
        {
            HasTheSameBytes(workspace, replica);
        }

        workspace.IsTheSame(study.Undisturbed, "results/ensemble.csv");
        workspace.Run(InterruptedStudy.WithoutCheckpoints).RanNothing();
    }

    [Fact]
    public async Task Run_HostKilledAfterACheckpoint_GoesOnFromIt()
    {
        using var workspace = study.Copy();
        using (var host = workspace.Start("simulate", InterruptedStudy.Arguments))
        {
            await Poll.UntilAsync(host, "a checkpoint of each replica", () => AtWork(workspace, "run.cpt") == 2);
            host.Kill();
        }

        // What the killed host left running is for the next one to end.
        var next = workspace.Run(InterruptedStudy.Arguments).Ends(0);

        Assert.Empty(Marked.Of(workspace.Root));
        Assert.Superset(Production.ToHashSet(), next.Executed.ToHashSet());
        Assert.Contains(Production, workspace.WasContinued);
        foreach (var (step, replica) in Production.Zip([0, 1]))
        {
            if (workspace.WasContinued(step))
            {
                HasTheSameFrames(workspace, replica);
            }
            else
            {
                HasTheSameBytes(workspace, replica);
            }
        }

        workspace.Run(InterruptedStudy.Arguments).RanNothing();
    }

    [Fact]
    public async Task Run_Interrupted_LeavesNoProcessesAndCompletesLater()
    {
        Marked.AreNeeded();
        Assert.SkipWhen(IgnoresInterrupts(), "these tests were started with SIGINT ignored, which their children inherit");
        using var workspace = study.Copy();
        string[] arguments = [.. InterruptedStudy.Arguments, "--set", "nsteps=1500"];
        using var host = workspace.Start("simulate", arguments);
        await Poll.UntilAsync(host, "production began", () => Array.TrueForAll(Production, workspace.HasStarted));
        await Poll.UntilAsync(host, "its processes ran", () => Marked.Of(workspace.Root).Count > 0);
        host.Interrupt();

        var interrupted = workspace.Finish(host).Ends(130);

        Assert.Empty(Marked.Of(workspace.Root));
        Assert.Equal("interrupted", interrupted.Summary.GetProperty("outcome").GetString());
        Assert.True(interrupted.Count("cancelled") > 0);
        var next = workspace.Run(arguments).Ends(0);
        Assert.Superset(Production.Except(interrupted.Executed).ToHashSet(), next.Executed.ToHashSet());
        Assert.DoesNotContain(next.Executed, step => step.StartsWith("prepare/", StringComparison.Ordinal) || step.StartsWith("equilibrate/", StringComparison.Ordinal));
        workspace.Run(arguments).RanNothing();
    }

    /// <summary>
    /// Both replicas killed before either wrote a checkpoint, which it does at its end at the latest. They have to be running:
    /// one that is just being started bears no mark yet, so it would outlive the kill and end in order, with a checkpoint.
    /// </summary>
    private async Task<Workspace> KilledInProductionAsync()
    {
        var workspace = study.CopyWithoutCheckpoints();
        using var host = workspace.Start("simulate", InterruptedStudy.WithoutCheckpoints);
        await Poll.UntilAsync(host, "production began", () => AtWork(workspace, "run.log") == 2);
        host.Kill();
        Marked.EndAll(workspace.Root);
        Assert.Equal(0, AtWork(workspace, "run.cpt"));
        return workspace;
    }

    private static int AtWork(Workspace workspace, string name) => workspace.Files(".scalems/work").Count(file => Path.GetFileName(file) == name);

    private void HasTheSameBytes(Workspace workspace, int replica)
    {
        foreach (var name in new[] { "prod.xtc", "prod.edr", "prod.gro", "energy.xvg", "row.csv" })
        {
            workspace.IsTheSame(study.Undisturbed, $"results/replicas/replica-{replica}/{name}");
        }
    }

    /// <summary>A continued run is the same up to rounding, which chaos makes grow: the same frames, energies within a hundredth.</summary>
    private void HasTheSameFrames(Workspace workspace, int replica)
    {
        var (continued, whole) = (Table(workspace, replica, "energy.xvg"), Table(study.Undisturbed, replica, "energy.xvg"));
        Assert.Equal(whole.Select(row => row[0]), continued.Select(row => row[0]));
        Assert.All(whole.Zip(continued), pair => Assert.InRange(pair.Second[1] / pair.First[1], 0.99, 1.01));
        Assert.Equal(Table(study.Undisturbed, replica, "rmsd.xvg").Select(row => row[0]), Table(workspace, replica, "rmsd.xvg").Select(row => row[0]));
    }

    private static List<double[]> Table(Workspace workspace, int replica, string name) => workspace.Read($"results/replicas/replica-{replica}/{name}")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())
        .ToList();

    private static bool IgnoresInterrupts()
    {
        var ignored = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..].Trim();
        const ulong interrupt = 1UL << (2 - 1);
        return (ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & interrupt) != 0;
    }
}
