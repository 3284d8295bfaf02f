namespace ScaleMs.Study.Tests;

public sealed class RebuildTests(FreshStudy fresh)
{
    private static readonly string[] Combining =
    [
        "analyse/table", "analyse/summary",
        "analyse/plot[figure=gyration]", "analyse/plot[figure=potential]", "analyse/plot[figure=rdf]", "analyse/plot[figure=rmsd]", "analyse/plot[figure=temperature]",
    ];

    [Fact]
    public void Study_MovedAndRunAgain_IsUpToDate()
    {
        using var workspace = fresh.Copy();

        workspace.Run().RanNothing();
    }

    [Fact]
    public void Study_EveryFileTouched_IsUpToDate()
    {
        using var workspace = fresh.Copy();
        foreach (var file in workspace.Files("workflows").Concat(workspace.Files("results")))
        {
            File.SetLastWriteTimeUtc(workspace.PathOf(file), DateTime.UtcNow);
        }

        workspace.Run().RanNothing();
    }

    [Fact]
    public void Study_OneTemperatureChangedAndBack_RunsThatReplicaOnceAndSaysWhy()
    {
        using var workspace = fresh.Copy();
        var changed = workspace.Run("--set", "temperatures=290,300,310,325");

        changed.Ran([.. Chain(3), .. Combining]);
        Assert.Equal("Temperature 320 → 325 in prod.mdp", changed.ReasonOf("produce/prod.grompp[replica=3]"));

        var back = workspace.Run().Ran();
        Assert.Equal([.. Chain(3).Concat(Combining).Order(StringComparer.Ordinal)], back.Of("Restored"));
        workspace.HoldsTheSame(fresh.Workspace, "results");
        workspace.Run().RanNothing();
    }

    [Fact]
    public void Study_FewerReplicasAndBack_MovesLeftoversAwayAndRestores()
    {
        using var workspace = fresh.Copy();
        var fewer = workspace.Run("--set", "replicas=2");

        fewer.Ran(Combining);
        Assert.Equal(["replica-0", "replica-1"], Directory.GetDirectories(workspace.PathOf("results/replicas")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains(workspace.Files(".scalems/kept"), file => file.EndsWith("replica-3/prod.xtc", StringComparison.Ordinal));
        Assert.Contains("no longer in the workflow", fewer.Output, StringComparison.Ordinal);
        Assert.Contains(".scalems/kept/", fewer.Output, StringComparison.Ordinal);

        workspace.Run().Ran();
        workspace.HoldsTheSame(fresh.Workspace, "results");
    }

    [Fact]
    public void Study_ProductionParameterEdited_LeavesPreparationAlone()
    {
        using var workspace = fresh.Copy();
        workspace.Edit("mdp/prod.mdp", "tau-p         = 1.0", "tau-p         = 2.0");

        var produced = workspace.RunTarget("produce", "--set", "replicas=1");

        produced.Ran("produce/prod.grompp[replica=0]", "produce/prod.mdrun[replica=0]");
        Assert.Contains("run.mdp", produced.ReasonOf("produce/prod.grompp[replica=0]"), StringComparison.Ordinal);
        Assert.Equal(11, produced.Of("UpToDate").Count(step => step.StartsWith("prepare/", StringComparison.Ordinal) || step.StartsWith("equilibrate/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Study_OtherVersionOfTheTool_IsStaleAndNamesBoth()
    {
        using var workspace = fresh.Copy();
        var gmx = Wrapper(workspace, "| sed 's/^GROMACS version:.*/GROMACS version:    2099.1/'");

        var prepared = workspace.RunTarget("prepare", "--set", $"gmx={gmx}").Ends(0);

        Assert.Equal(5, prepared.Executed.Count);
        Assert.All(prepared.Executed, step => Assert.Matches("^tool gmx, GROMACS version: .+ → 2099.1", prepared.ReasonOf(step)));
    }

    [Fact]
    public void Study_SameVersionAtAnotherPath_IsUpToDate()
    {
        using var workspace = fresh.Copy();

        workspace.Run("--set", $"gmx={Wrapper(workspace, string.Empty)}").RanNothing();
    }

    [Fact]
    public void Plan_SomethingChanged_Ends4AndExecutesNothing()
    {
        using var workspace = fresh.Copy();

        var plan = workspace.Run("--plan", "--exit-code", "--set", "temperatures=290,300,310,325").Ends(4);

        Assert.Contains("produce/prod.mdrun[replica=3]", plan.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("[replica=2]", plan.Output, StringComparison.Ordinal);
        workspace.HoldsTheSame(fresh.Workspace, "results");
        workspace.Run("--plan", "--exit-code").Ends(0);
        workspace.Run().RanNothing();
    }

    private static string[] Chain(int replica) =>
    [
        $"produce/prod.grompp[replica={replica}]", $"produce/prod.mdrun[replica={replica}]", $"analyse/energy[replica={replica}]",
        $"analyse/rms[replica={replica}]", $"analyse/gyrate[replica={replica}]", $"analyse/rdf[replica={replica}]", $"analyse/row[replica={replica}]",
    ];

    /// <summary>A program that is gmx, except for what it says of its version.</summary>
    private static string Wrapper(Workspace workspace, string filter)
    {
        workspace.Write("elsewhere/gmx", $"#!/bin/sh\nif [ \"$1\" = --version ]; then '{Programs.NeededGmx}' --version {filter}\nelse exec '{Programs.NeededGmx}' \"$@\"; fi\n");
        Programs.Run("chmod", "+x", workspace.PathOf("elsewhere/gmx"));
        return workspace.PathOf("elsewhere/gmx");
    }
}
