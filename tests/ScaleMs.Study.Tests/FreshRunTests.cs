using System.Globalization;
using System.Text.Json;

namespace ScaleMs.Study.Tests;

public sealed class FreshRunTests(FreshStudy fresh)
{
    [Fact]
    public void Study_Fresh_ExecutesEveryStep()
    {
        fresh.Outcome.Ends(0);

        Assert.Equal(FreshStudy.Steps, fresh.Outcome.Count("executed"));
        Assert.Equal(FreshStudy.Steps, fresh.Outcome.Steps.Count());
        Assert.All(fresh.Outcome.Steps, step => Assert.Equal("never ran", step.GetProperty("reason").GetString()));
    }

    [Fact]
    public void Study_Fresh_LeavesTablePlotsAndTrajectories()
    {
        fresh.Outcome.Ends(0);

        string[] wanted =
        [
            "results/ensemble.csv", "results/summary.json",
            .. new[] { "gyration", "potential", "rdf", "rmsd", "temperature" }.Select(plot => $"results/plots/{plot}.svg"),
            .. Enumerable.Range(0, 4).Select(replica => $"results/replicas/replica-{replica}/prod.xtc"),
        ];
        Assert.All(wanted, file => Assert.True(new FileInfo(fresh.Workspace.PathOf(file)).Length > 0, $"'{file}' is empty"));
        Assert.All(fresh.Workspace.Files("results/plots"), plot => Assert.Contains("</svg>", fresh.Workspace.Read(plot), StringComparison.Ordinal));
        using var summary = JsonDocument.Parse(fresh.Workspace.Read("results/summary.json"));
        Assert.Equal(4, summary.RootElement.GetProperty("replicas").GetArrayLength());
        Assert.Empty(Directory.GetFileSystemEntries(fresh.Workspace.PathOf(".scalems/work")));
    }

    [Fact]
    public void Study_Fresh_EqualsThePlainScript()
    {
        fresh.Outcome.Ends(0);
        using var other = Workspace.Fresh();
        Programs.Run(
            "bash", Path.Combine(AppContext.BaseDirectory, "TestData", "plain-study.sh"), Programs.NeededGmx,
            other.PathOf("workflows/simulate"), other.PathOf("plain"), "290", "300", "310", "320");

        Assert.Equal(other.Read("plain/ensemble.csv"), fresh.Workspace.Read("results/ensemble.csv"));
    }

    [Fact]
    public void Table_OfTheSmokeStudy_IsPhysical()
    {
        fresh.Outcome.Ends(0);
        var rows = fresh.Workspace.Read("results/ensemble.csv").TrimEnd('\n').Split('\n').Skip(1)
            .Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())
            .ToList();

        Assert.Equal([290, 300, 310, 320], rows.Select(row => row[1]));
        Assert.Equal([1000, 1001, 1002, 1003], rows.Select(row => row[2]));
        Assert.All(rows, row => Assert.InRange(row[4], row[1] - 15, row[1] + 15)); // the temperature follows the thermostat
        Assert.All(rows, row => Assert.InRange(row[8], 0.9, 1.05)); // crambin stays folded; radius of gyration in nm
        Assert.All(rows, row => Assert.InRange(row[9], 0.27, 0.29)); // the first shell of water, nm
    }

    [Fact]
    public void Summary_OfARun_HasTheMembersOfTheContract()
    {
        fresh.Outcome.Ends(0);
        var summary = fresh.Outcome.Summary;

        Assert.Equal(["run", "target", "outcome", "wallSeconds", "counts", "steps"], Names(summary));
        Assert.Equal(["upToDate", "restored", "executed", "failed", "blocked", "skipped", "cancelled"], Names(summary.GetProperty("counts")));
        Assert.All(fresh.Outcome.Steps, step => Assert.Equal(
            ["id", "task", "outcome", "reason", "key", "wallSeconds", "attempts", "launcher", "outputs", "metrics", "failure"], Names(step)));
        Assert.All(
            fresh.Outcome.Steps.SelectMany(step => step.GetProperty("outputs").EnumerateArray()),
            output => Assert.Equal(["path", "digest", "bytes"], Names(output)));
        Assert.Equal("simulate", summary.GetProperty("target").GetString());
        Assert.Equal("done", summary.GetProperty("outcome").GetString());
    }

    internal static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);
}
