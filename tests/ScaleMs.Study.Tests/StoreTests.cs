namespace ScaleMs.Study.Tests;

public sealed class StoreTests(FreshStudy fresh)
{
    [Fact]
    public void Results_OneDeletedOneEdited_AreBroughtBackAndTheEditIsKept()
    {
        using var workspace = fresh.Copy();
        workspace.Delete("results/ensemble.csv");
        workspace.Write("results/replicas/replica-1/row.csv", "mine\n");

        var outcome = workspace.Run().Ran();

        Assert.Equal("output results/ensemble.csv is missing", outcome.ReasonOf("analyse/table"));
        Assert.Equal("output results/replicas/replica-1/row.csv was edited", outcome.ReasonOf("analyse/row[replica=1]"));
        workspace.HoldsTheSame(fresh.Workspace, "results");
        Assert.Equal("mine\n", workspace.Read(Assert.Single(workspace.Files(".scalems/kept"))));
        Assert.Contains("'results/replicas/replica-1/row.csv' was edited", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Blobs_Deleted_AreNotMissedWhileResultsStand()
    {
        using var workspace = fresh.Copy();
        workspace.Delete(".scalems/blobs");

        workspace.Run().RanNothing();
    }

    [Fact]
    public void Blobs_DeletedWithAResult_CostOnlyThatResult()
    {
        using var workspace = fresh.Copy();
        workspace.Delete(".scalems/blobs");
        workspace.Delete("results/ensemble.csv");

        workspace.Run().Ran("analyse/table");

        workspace.HoldsTheSame(fresh.Workspace, "results");
    }

    [Fact]
    public void Results_FileOfTheUsersInTheWay_IsNeverTouched()
    {
        Programs.AreNeeded();
        using var workspace = Workspace.Fresh();
        workspace.Write("results/ensemble.csv", "mine\n");

        var outcome = workspace.Run().Ends(3);

        Assert.Contains("results/ensemble.csv", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("mine\n", workspace.Read("results/ensemble.csv"));
        Assert.Equal(["results/ensemble.csv"], workspace.Files("results"));
    }

    [Fact]
    public async Task Store_UsedByARun_IsRefusedToASecondOne()
    {
        using var workspace = fresh.Copy();
        using var first = workspace.Start("produce", "--set", "nsteps=100000");
        await Poll.UntilAsync(first, "production began", () => Enumerable.Range(0, 3).Any(replica => workspace.HasStarted($"produce/prod.mdrun[replica={replica}]")));

        var second = workspace.RunBare("--target=simulate", "--set", "size=smoke");

        Assert.False(first.HasEnded);
        second.Ends(75);
        Assert.Contains($"process {first.Pid} ", second.Output, StringComparison.Ordinal);
        Assert.Contains($"host '{Environment.MachineName}'", second.Output, StringComparison.Ordinal);
        first.Interrupt();
        workspace.Finish(first).Ends(130);
    }
}
