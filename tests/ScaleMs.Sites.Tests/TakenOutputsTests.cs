using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Tests;
using ScaleMs.Launchers.Sites;
using ScaleMs.Slurm.Tests.Cluster;
using ScaleMs.Ssh.Tests;
using ScaleMs.Store;
using ScaleMs.Store.Maintenance;

namespace ScaleMs.Sites.Tests;

/// <summary>The host dies while it takes what a step that has ended elsewhere left: the next run takes the rest, and makes nothing again.</summary>
public sealed class TakenOutputsTests(SlurmCluster cluster, SshServers servers, RabbitNode broker) : IDisposable
{
    private static readonly string[] Kinds = ["slurm", "ssh", "ssh, not shared", "amqp"];

    /// <summary>Before anything is taken, when each of the four files was moved and the last ones were not, and when all are and nothing is recorded.</summary>
    private static readonly (string Point, int Nth)[] Deaths = [(CrashPoint.BeforeCollect, 1), (CrashPoint.BlobPlaced, 1), (CrashPoint.BlobPlaced, 2), (CrashPoint.BlobPlaced, 3), (CrashPoint.BlobPlaced, 4), (CrashPoint.BetweenBlobAndRecord, 1)];

    private readonly string _runs = Path.GetTempFileName();

    public static TheoryData<string> AllKinds => [.. Kinds];

    public static TheoryData<string, string, int> KindsAndDeaths => [.. Kinds.SelectMany(kind => Deaths.Select(death => (kind, death.Point, death.Nth)))];

    public void Dispose() => File.Delete(_runs);

    [Theory]
    [MemberData(nameof(KindsAndDeaths))]
    public void Host_KilledWhileItTakesOutputs_LeavesThemToTheNextRunWhichMakesNothingAgain(string kind, string point, int nth)
    {
        using var farm = kind == "amqp" ? StudySite.Farm(broker) : null;
        var sites = farm?.Sites ?? StudySite.Of(kind, cluster, servers);
        using var study = new TestStudy();
        study.Write("sites.yaml", sites);
        var reached = 0;
        void DieAt(string at) => _ = at == point && Interlocked.Increment(ref reached) == nth ? throw new InvalidOperationException("killed") : 0;
        Assert.Equal("killed", Assert.ThrowsAny<Exception>(() => Run(study, DieAt)).GetBaseException().Message);
        Assert.Empty(Directory.EnumerateFiles(study.PathOf("results"), "*", SearchOption.AllDirectories));
        Run(study, _ => { });
        Assert.Equal((0, "t/make"), (study.Last!.ExitCode, study.Ran));
        Assert.Equal("run\n", File.ReadAllText(_runs));
        Assert.Equal(["done"], study.StepOf("t/make").Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(("a\n", "b\n", "c\n", "d\n"), (study.Read("results/a.txt"), study.Read("results/b.sh"), study.Read("results/tree/c"), study.Read("results/tree/d")));
        Assert.Equal((false, true, true), (IsProgram(study, "a.txt"), IsProgram(study, "b.sh"), IsProgram(study, "tree/d")));
        Run(study, _ => { });
        Assert.Empty(study.Ran);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Gc_BetweenTheKillAndTheNextRun_SparesWhatWasTakenAndNotRecorded(string kind)
    {
        using var farm = kind == "amqp" ? StudySite.Farm(broker) : null;
        using var study = new TestStudy();
        study.Write("sites.yaml", farm?.Sites ?? StudySite.Of(kind, cluster, servers));
        Assert.ThrowsAny<Exception>(() => Run(study, point => _ = point == CrashPoint.BetweenBlobAndRecord ? throw new InvalidOperationException("killed") : 0));
        Assert.Empty(GarbageCollector.Collect(study.Root, new GcRequest { MaxBytes = 0, Records = true }).Items);
        Run(study, _ => { });
        Assert.Equal((0, "run\n"), (study.Last!.ExitCode, File.ReadAllText(_runs)));
    }

    private static bool IsProgram(TestStudy study, string file) => File.GetUnixFileMode(study.PathOf("results/" + file)).HasFlag(UnixFileMode.UserExecute);

    private void Run(TestStudy study, Action<string> atPoint)
    {
        Directory.CreateDirectory(study.PathOf("results"));
        using var places = new SitePlaces(SitesFile.Read([study.PathOf("sites.yaml")], study.Root, []), study.PathOf(".scalems/work"), _ => { });
        study.Ports = ports => ports with { Places = places.All, AtPoint = atPoint, OpenStore = () => FileStore.Open(study.Root, new OpenOptions { AtPoint = atPoint }) };
        study.Run(
            steps => steps.Shell("make", "echo run >> \"$1\"; echo a > a.txt; echo b > b.sh; mkdir -p tree; echo c > tree/c; echo d > tree/d; chmod +x b.sh tree/d", [_runs])
                .Output("a.txt", publish: "results/a.txt").Output("b.sh", publish: "results/b.sh").OutputTree("tree", publish: "results/tree"),
            request => request with { UsualPlace = StudySite.Name });
    }
}
