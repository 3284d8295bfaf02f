using System.Text.Json;
using Simulate;

namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>The functions of the study against what the reference script made of the same files.</summary>
public sealed class StudyTests
{
    [Fact]
    public void Row_SampleReplica_IsThatOfTheReference()
    {
        using var space = new TestSpace();
        CopySample(space);
        ReplicaRow.Write(space.Files, new Replica(0, 290, 1000));
        Assert.Equal(TestFiles.Text("rep0/row.csv"), space.Text("row.csv"));
    }

    [Fact]
    public void Row_HeadersAndHalfDegrees_AreRead()
    {
        using var space = new TestSpace();
        CopySample(space);
        File.WriteAllText(space.Path("rmsd.xvg"), "# made by\n@ title \"RMSD\"\n" + space.Text("rmsd.xvg"));
        ReplicaRow.Write(space.Files, new Replica(12, 290.5, 1012));
        Assert.Equal("12,290.5,1012" + TestFiles.Text("rep0/row.csv")["0,290,1000".Length..], space.Text("row.csv"));
    }

    [Fact]
    public void Row_NoFrames_SaysWhichFile()
    {
        using var space = new TestSpace();
        CopySample(space);
        File.WriteAllText(space.Path("gyrate.xvg"), "# nothing\n");
        var exception = Assert.Throws<FormatException>(() => ReplicaRow.Write(space.Files, new Replica(0, 290, 1000)));
        Assert.Contains("'gyrate.xvg'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_SampleRows_IsThatOfTheReference()
    {
        using var space = new TestSpace();
        var lines = File.ReadAllLines(TestFiles.Path("ensemble.csv"));
        var names = lines.Skip(1).Select((line, index) => Written(space, $"replica-{index}.csv", line + "\n")).ToList();
        EnsembleTable.Merge(space.Files, new TableRows(names));
        Assert.Equal(TestFiles.Text("ensemble.csv"), space.Text("ensemble.csv"));
    }

    [Fact]
    public void Summary_SampleTable_HoldsReplicasAndRanges()
    {
        using var space = new TestSpace();
        File.Copy(TestFiles.Path("ensemble.csv"), space.Path("ensemble.csv"));
        EnsembleSummary.Write(space.Files, new Study("crambin.pdb", "amber99sb-ildn", "tip3p", "smoke", 50, 100, 200, 1000, 1));
        using var document = JsonDocument.Parse(space.Text("summary.json"));
        var root = document.RootElement;
        Assert.Equal("smoke", root.GetProperty("study").GetProperty("size").GetString());
        Assert.Equal(4, root.GetProperty("replicas").GetArrayLength());
        Assert.Equal(1003, root.GetProperty("replicas")[3].GetProperty("seed").GetInt64());
        Assert.Equal(-97852.002, root.GetProperty("ensemble").GetProperty("epot_mean").GetProperty("max").GetDouble());
        Assert.Equal(305, root.GetProperty("ensemble").GetProperty("temp_K").GetProperty("mean").GetDouble());
    }

    [Fact]
    public void Replicas_MoreOfThem_LeaveTheFirstAsTheyWere()
    {
        double[] temperatures = [290, 300, 310];
        var (few, many) = (Replica.Of(4, temperatures, 1000), Replica.Of(7, temperatures, 1000));
        Assert.Equal(few, many.Take(4));
        Assert.Equal([1000, 1001, 1002, 1003, 1004, 1005, 1006], many.Select(replica => replica.Seed));
        Assert.Equal([290, 300, 310, 290, 300, 310, 290], many.Select(replica => replica.Temperature));
    }

    private static void CopySample(TestSpace space)
    {
        foreach (var name in new[] { "energy.xvg", "rmsd.xvg", "gyrate.xvg", "rdf.xvg" })
        {
            File.Copy(TestFiles.Path($"rep0/{name}"), space.Path(name));
        }
    }

    private static string Written(TestSpace space, string name, string text)
    {
        File.WriteAllText(space.Path(name), text);
        return name;
    }
}
