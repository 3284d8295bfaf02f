using System.Text.Json;
using ScaleMs.Benchmarks.Reporting;
using Xunit;

namespace ScaleMs.Benchmarks.Tests;

/// <summary>The benchmarks in their smallest size: that they run and count, not how long they take.</summary>
public sealed class BenchTests : IDisposable
{
    private static readonly Hosts Hosts = new(Beside("ScaleMs.Benchmarks.Host.dll"), Beside("ScaleMs.Benchmarks.Hello.dll"), Beside("ScaleMs.Benchmarks.Lookup.dll"));

    private readonly string _folder = Directory.CreateTempSubdirectory("bench-tests-").FullName;
    private readonly List<string> _said = [];

    public BenchTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the graphs' commands are those of POSIX systems");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bench_OfAllScenarios_ExecutesExactlyWhatIsAffected()
    {
        var rows = Run("shapes=ensemble", "scenarios=cold,null,restored,touch,edit,cutoff").Where(row => row.Peer == "scalems").ToList();
        Assert.All(rows, row => Assert.Equal((51, false), (row.N, row.IsStale)));
        Assert.Equal([("cold", -1), ("null", 0), ("restored", 0), ("touch", 0), ("edit", 6), ("cutoff", 5)], rows.Select(row => (row.Scenario, row.Reran ?? -1)));
    }

    [Theory]
    [InlineData("wide", "edit", 51, 1)]
    [InlineData("chain", "edit", 51, 51)]
    [InlineData("layers", "cutoff", 50, 4)]
    public void Bench_OfAnyShape_ExecutesExactlyWhatIsAffected(string shape, string scenario, int steps, int executed)
    {
        var row = Run($"shapes={shape}", $"scenarios={scenario}").Single(row => row.Peer == "scalems");
        Assert.Equal((steps, executed), (row.N, row.Reran));
    }

    [Fact]
    public void Bench_OfTheProbes_FindsThatOurEngineNoticesAllThree()
    {
        var rows = Run("shapes=ensemble", "scenarios=backdate,stealth,cmd-out").Where(row => row.Peer == "scalems").ToList();
        Assert.Equal([("backdate", 6, false), ("stealth", 6, false), ("cmd-out", 0, false)], rows.Select(row => (row.Scenario, row.Reran ?? -1, row.IsStale)));
    }

    [Fact]
    public void Bench_OfTheMachine_MeasuresStartsLookupsHashingAndCopying()
    {
        var rows = Run("scenarios=hello,lookup,openssl,cp", "large=8", "records=100");
        Assert.Superset(
            new HashSet<string> { "dotnet", "frosting", "scalems, why", "scalems, host --why", "scalems, one file", "scalems, restored", "cp" },
            rows.Select(row => row.Peer).ToHashSet());
    }

    [Fact]
    public void Peers_WhereTheyAreInstalled_BuildTheSameGraph()
    {
        var rows = Run("shapes=ensemble", "scenarios=cold", "rounds=2");
        var isThere = rows.Exists(row => row.Peer == "ninja");
        Assert.True(isThere || _said.Contains("ninja is not installed: left out"));
        Assert.Equal(isThere, rows.Exists(row => row is { Peer: "scalems", RatioToNinja: not null }));
    }

    [Fact]
    public void File_OfRows_HasTheNamesThatReadersLookFor()
    {
        BenchFile.Write(_folder, Run("shapes=wide", "scenarios=null"));
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "bench.json")));
        var names = file.RootElement[0].EnumerateObject().Select(property => property.Name).ToHashSet();
        Assert.Superset(new HashSet<string> { "scenario", "peer", "shape", "n", "medianSeconds", "ratioToNinja", "reran", "peakMiB" }, names);
    }

    [Theory]
    [InlineData("--set", "n=0")]
    [InlineData("--set", "peers=make")]
    [InlineData("--set=seed=1")]
    [InlineData("--jobs=2")]
    public void Settings_OfNoMeaning_AreRefused(params string[] arguments) =>
        Assert.Throws<FormatException>(() => BenchSettings.Read(["--target=bench", .. arguments]));

    [Fact]
    public void Settings_GivenTwice_TheLastCounts() =>
        Assert.Equal([3, 4], BenchSettings.Read(["-t", "bench", "--set", "n=1,2", "--set=n=3,4"]).Sizes);

    private List<BenchRow> Run(params string[] settings)
    {
        var all = settings.Prepend("n=51").Prepend("rounds=1").Prepend("peers=ninja").SelectMany(setting => new[] { "--set", setting });
        return new Bench(BenchSettings.Read([.. all]), Hosts, _said.Add).Run();
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
