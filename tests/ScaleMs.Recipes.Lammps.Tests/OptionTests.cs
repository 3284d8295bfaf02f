using ScaleMs.Core.Faults;

namespace ScaleMs.Recipes.Lammps.Tests;

/// <summary>What an option may be, and how one that is out of its range is told.</summary>
public sealed class OptionTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "Threads", "cannot be '0'" }, { "Threads ", "cannot be '4'" }, { "Ranks", "cannot be '0'" }, { "Suffix", "cannot be 'cuda'" }, { "Memory", "cannot be 'much'" }, { "TimeLimit", "cannot be 'tomorrow'" },
        { "Restart", "cannot be 'state.*.restart'" }, { "Variables", "cannot be 'N-1'" }, { "Variables[\"L\"]", "cannot be '1, -2'" }, { "Table", "cannot be '-1'" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Option_OutOfItsRange_IsToldWithRecipeValueAndRange(string option, string value)
    {
        using var collector = new StepCollector("/workspace");
        collector.Define("study", [], () => Define(new StepBuilder(collector, "study"), option));
        var fault = Assert.Single(collector.Faults);
        Assert.Equal(("SMS1025", FaultKind.Definition), (fault.Code, fault.Kind));
        Assert.StartsWith($"option '{option.Trim()}' of recipe '{(option == "Table" ? "Thermo" : "Script")}' (ScaleMs.Recipes.Lammps 0.1.0) {value}", fault.What, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Try);
        Assert.Contains("OptionTests.cs", fault.Where.UsedAt, StringComparison.Ordinal);
    }

    private static void Define(StepBuilder steps, string wrong)
    {
        var script = new Script
        {
            Lmp = new Lmp(),
            Input = new SourceFile("in.melt"),
            Threads = wrong switch { "Threads" => 0, "Threads " => 4, _ => 1 },
            Ranks = wrong == "Ranks" ? 0 : 1,
            Suffix = wrong == "Suffix" ? "cuda" : null,
            Memory = wrong == "Memory" ? "much" : null,
            TimeLimit = wrong == "TimeLimit" ? "tomorrow" : null,
            Restart = wrong == "Restart" ? "state.*.restart" : null,
        };
        script.Variables[wrong == "Variables" ? "N-1" : "N"] = 4;
        script.Variables["L"] = wrong.StartsWith("Variables[", StringComparison.Ordinal) ? new[] { 1, -2 } : -2;
        var run = steps.Use("melt", script);
        steps.Use("table", new Thermo { Log = run.Log, Table = wrong == "Table" ? -1 : 0 });
    }
}
