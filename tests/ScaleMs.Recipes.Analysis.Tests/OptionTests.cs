using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Analysis.Tests;

/// <summary>What an option may be, and how one that is out of its range is told.</summary>
public sealed class OptionTests
{
    private static readonly Artifact Table = new(new StepId("study", "before"), "table.csv");
    private static readonly Artifact Xvg = new(new StepId("study", "before"), "table.xvg");

    private static readonly Dictionary<string, Action<StepBuilder>> Wrong = new(StringComparer.Ordinal)
    {
        ["option 'Skip' of recipe 'ColumnStatistics' cannot be '-1'"] = steps => steps.Use("x", new ColumnStatistics { Table = Table, Skip = -1 }),
        ["option 'Columns' of recipe 'ColumnStatistics' cannot be ''"] = steps => steps.Use("x", new ColumnStatistics { Table = Table, Columns = [""] }),
        ["option 'Column' of recipe 'Histogram' cannot be ''"] = steps => steps.Use("x", new Histogram { Table = Table, Column = "" }),
        ["option 'Bins' of recipe 'Histogram' cannot be '0'"] = steps => steps.Use("x", new Histogram { Table = Table, Column = "2", Bins = 0 }),
        ["option 'Skip' of recipe 'JoinedTable' cannot be '-1'"] = steps => steps.Use("x", new JoinedTable { Members = [("a", Table)], Skip = -1 }),
        ["option 'Skip' of recipe 'Histogram' cannot be '-1'"] = steps => steps.Use("x", new Histogram { Table = Table, Column = "2", Skip = -1 }),
        ["option 'Least' of recipe 'Histogram' cannot be 'NaN'"] = steps => steps.Use("x", new Histogram { Table = Table, Column = "2", Least = double.NaN }),
        ["option 'Most' of recipe 'Histogram' cannot be '1'"] = steps => steps.Use("x", new Histogram { Table = Table, Column = "2", Least = 1, Most = 1 }),
        ["option 'Members' of recipe 'JoinedTable' cannot be '0'"] = steps => steps.Use("x", new JoinedTable { Members = [] }),
        ["option 'Members' of recipe 'JoinedTable' cannot be 'a,b'"] = steps => steps.Use("x", new JoinedTable { Members = [("a,b", Table)] }),
        ["option 'LabelColumn' of recipe 'JoinedTable' cannot be ''"] = steps => steps.Use("x", new JoinedTable { Members = [("a", Table)], LabelColumn = "" }),
        ["option 'Curves' of recipe 'Plot' cannot be '2'"] = steps => steps.Use("x", new Plot { Curves = [new Curve("a", Table), new Curve("b", Xvg)] }),
        ["option 'Curve.Y' of recipe 'Plot' cannot be 'Temp'"] = steps => steps.Use("x", new Plot { Curves = [new Curve("a", Xvg, Y: "Temp")] }),
        ["option 'Curve.X' of recipe 'Plot' cannot be 'a\"b'"] = steps => steps.Use("x", new Plot { Curves = [new Curve("a", Table, X: "a\"b")] }),
        ["option 'Style' of recipe 'Plot' cannot be 'dots'"] = steps => steps.Use("x", new Plot { Curves = [new Curve("a", Table)], Style = "dots" }),
        ["option 'Width' of recipe 'Plot' cannot be '0'"] = steps => steps.Use("x", new Plot { Curves = [new Curve("a", Table)], Width = 0 }),
        ["option 'Height' of recipe 'Plot' cannot be '1000000'"] = steps => steps.Use("x", new Plot { Curves = [new Curve("a", Table)], Height = 1_000_000 }),
    };

    public static TheoryData<string> Told => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Told))]
    public void Option_OutOfItsRange_IsToldWithRecipeValueAndRange(string told)
    {
        using var collector = new StepCollector("/workspace");
        collector.Define("study", [], () => Wrong[told](new StepBuilder(collector, "study")));
        var fault = Assert.Single(collector.Faults);
        Assert.Equal(("SMS1025", FaultKind.Definition), (fault.Code, fault.Kind));
        Assert.Equal(told, fault.What.Replace(" (ScaleMs.Recipes.Analysis 0.1.0)", string.Empty, StringComparison.Ordinal));
        Assert.NotEmpty(fault.Try);
    }
}
