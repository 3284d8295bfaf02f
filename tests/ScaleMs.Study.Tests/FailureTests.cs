namespace ScaleMs.Study.Tests;

public sealed class FailureTests(FreshStudy fresh)
{
    [Fact]
    public void ForceField_Unknown_FailsWithTheToolsWordsAndTheLog()
    {
        using var workspace = fresh.Copy();

        var outcome = workspace.Run("--set", "forcefield=nonsense").Ends(1);

        var step = outcome.Step("prepare/system.pdb2gmx");
        Assert.Equal("Failed", step.GetProperty("outcome").GetString());
        var failure = step.GetProperty("failure");
        Assert.Equal(["class", "exitCode", "message"], FreshRunTests.Names(failure));
        Assert.Equal("ToolError", failure.GetProperty("class").GetString());
        Assert.Contains("Could not find force field 'nonsense'", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("'nonsense'", File.ReadAllText(LogIn(outcome.Output, workspace)), StringComparison.Ordinal);
        Assert.Empty(outcome.Executed);
        workspace.Run().RanNothing();
        workspace.HoldsTheSame(fresh.Workspace, "results");
    }

    [Fact]
    public void Structure_Missing_IsADefinitionFault()
    {
        using var workspace = fresh.Copy();

        var outcome = workspace.Run("--set", "structure=missing.pdb").Ends(3);

        Assert.Contains("'missing.pdb'", outcome.Output, StringComparison.Ordinal);
        workspace.Run().RanNothing();
    }

    [Theory]
    [InlineData("use 'replicas'", "--target=simulate", "--set", "replica=3")]
    [InlineData("a whole number from 1", "--target=simulate", "--set", "replicas=none")]
    [InlineData("one of smoke, standard", "--target=simulate", "--set", "size=smok")]
    [InlineData("use '--target'", "--taget=simulate")]
    [InlineData("use 'simulate'", "--target=simulat")]
    public void CommandLine_Wrong_IsAUsageErrorWithAdvice(string advice, params string[] arguments)
    {
        using var workspace = fresh.Copy();

        var outcome = workspace.RunBare(arguments).Ends(2);

        Assert.Contains(advice, outcome.Output, StringComparison.Ordinal);
        workspace.Run().RanNothing();
    }

    [Fact]
    public void CommandLine_SeveralWrongValues_AreAllTold()
    {
        using var workspace = Workspace.Fresh();

        var outcome = workspace.RunBare("--target=simulate", "--set", "size=smok", "--set", "replicas=none", "--set", "temprature=3").Ends(2);

        Assert.All(new[] { "size", "replicas", "temperatures" }, name => Assert.Contains($"'{name}'", outcome.Output, StringComparison.Ordinal));
        Assert.False(workspace.Exists(".scalems"));
    }

    [Theory]
    [InlineData("produce", "--tree")]
    [InlineData("Topology, box, solvent and ions", "--description")]
    [InlineData("equilibrate", "--target=simulate", "--dryrun")]
    [InlineData("--keep-going", "--help")]
    public void CommandLine_AsksToBeTold_MakesNoStore(string word, params string[] arguments)
    {
        using var workspace = Workspace.Fresh();

        var outcome = workspace.RunBare(arguments).Ends(0);

        Assert.Contains(word, outcome.Output, StringComparison.Ordinal);
        Assert.False(workspace.Exists(".scalems"));
        Assert.False(workspace.Exists("results"));
    }

    /// <summary>The path of a log that a message names.</summary>
    private static string LogIn(string output, Workspace workspace) => output
        .Split([' ', '\n', '\'', '"', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => workspace.PathOf(word.TrimEnd('.', ',', ';', ':')))
        .First(path => path.Contains("/.scalems/work/", StringComparison.Ordinal) && File.Exists(path));
}
