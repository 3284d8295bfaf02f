using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>What an option may be, and how one that is out of its range is told.</summary>
public sealed class OptionTests
{
    private static readonly Artifact Made = new(new StepId("study", "before"), "out");
    private static readonly MdRun Run = new(Made, Made, Made, Made, Made, Made);

    [Theory]
    [InlineData("Prepare", "ForceField", "", "''")]
    [InlineData("Prepare", "Water", "", "''")]
    [InlineData("Prepare", "BoxDistance", -0.8, "'-0.8'")]
    [InlineData("Prepare", "BoxType", "sphere", "'sphere'")]
    [InlineData("Prepare", "Concentration", double.NaN, "'NaN'")]
    [InlineData("Prepare", "Seed", 0, "'0'")]
    [InlineData("Minimise", "Threads", 0, "'0'")]
    [InlineData("Minimise", "Memory", "much", "'much'")]
    [InlineData("MdStage", "TimeLimit", "tomorrow", "'tomorrow'")]
    [InlineData("MdStage", "Tolerance", 0.5, "'0.5'")]
    [InlineData("MdStage", "VelocityTolerance", -1.0, "'-1'")]
    [InlineData("MdStage", "CheckpointMinutes", 0.0, "'0'")]
    [InlineData("Energy", "Terms", new string[0], "empty")]
    [InlineData("Rms", "FitGroup", "", "''")]
    [InlineData("Rms", "Group", "", "''")]
    [InlineData("Gyrate", "Group", "", "''")]
    [InlineData("Gyrate", "Module", "", "''")]
    [InlineData("Rdf", "Reference", "", "''")]
    [InlineData("Rdf", "Selection", "", "''")]
    [InlineData("Rdf", "BinWidth", 0.0, "'0'")]
    [InlineData("Rdf", "MaxDistance", double.PositiveInfinity, "'Infinity'")]
    public void Option_OutOfItsRange_IsToldWithRecipeValueAndRange(string recipe, string option, object value, string told)
    {
        var fault = Assert.Single(Faults(recipe, option, value));
        Assert.Equal(("SMS1025", $"option '{option}' of recipe '{recipe}' (ScaleMs.Recipes.Gromacs 0.1.0) cannot be {told}"), (fault.Code, fault.What));
        Assert.NotEmpty(fault.Try);
        Assert.Contains("OptionTests.cs", fault.Where.UsedAt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prepare", "Concentration", 0.0)]
    [InlineData("Minimise", "Memory", "2 GiB")]
    [InlineData("MdStage", "TimeLimit", "1.12:00:00")]
    [InlineData("MdStage", "Tolerance", 0.001)]
    [InlineData("MdStage", "CheckpointMinutes", null)]
    [InlineData("Energy", "Terms", new[] { "Potential" })]
    public void Option_InItsRange_IsNoFault(string recipe, string option, object? value) => Assert.Empty(Faults(recipe, option, value));

    private static IReadOnlyList<Fault> Faults(string recipe, string option, object? value)
    {
        using var collector = new StepCollector("/workspace");
        collector.Define("study", [], () => Use(new StepBuilder(collector, "study"), recipe, option, value));
        return collector.Faults;
    }

    private static object Use(StepBuilder steps, string recipe, string option, object? value)
    {
        var (gmx, file) = (new Gmx(), new SourceFile("file"));
        return recipe switch
        {
            "Prepare" => steps.Use("x", With(new Prepare { Gmx = gmx, Structure = file, IonParameters = file }, option, value)),
            "Minimise" => steps.Use("x", With(new Minimise { Gmx = gmx, Parameters = file, Structure = Made, Topology = Made }, option, value)),
            "MdStage" => steps.Use("x", With(new MdStage { Gmx = gmx, Parameters = file, Structure = Made, Topology = Made }, option, value)),
            "Energy" => steps.Use("x", With(new Energy { Gmx = gmx, Energies = Made }, option, value)),
            "Rms" => steps.Use("x", With(new Rms { Gmx = gmx, Run = Run }, option, value)),
            "Gyrate" => steps.Use("x", With(new Gyrate { Gmx = gmx, Run = Run }, option, value)),
            _ => steps.Use("x", With(new Rdf { Gmx = gmx, Run = Run }, option, value)),
        };
    }

    private static TRecipe With<TRecipe>(TRecipe recipe, string option, object? value)
    {
        typeof(TRecipe).GetProperty(option)!.SetValue(recipe, value);
        return recipe;
    }
}
