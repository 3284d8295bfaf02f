using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Recipes.Analysis.Tests;

/// <summary>A small study with all recipes of the package: two members, their statistics, and a picture of both.</summary>
public sealed class AnalysisTests : IDisposable
{
    private readonly TestStudy _study = new();
    private int _bins = 4;
    private string _title = "Temperature of 'both'";
    private string _column = "Temp";

    public AnalysisTests()
    {
        Write("a", 1.5);
        Write("b", 2.5);
    }

    public void Dispose() => _study.Dispose();

    private void Write(string member, double offset) =>
        _study.Write($"{member}.csv", "Step,Temp\n" + string.Concat(Enumerable.Range(0, 64).Select(step => string.Create(CultureInfo.InvariantCulture, $"{step},{offset + (step * 37 % 64 / 64.0)}\n"))));

    private void Define(StepBuilder steps)
    {
        var members = steps.ForEach("member", new[] { "a", "b" }, name => name, (member, name) =>
            member.Shell("run", "cat in > run.csv").Input("in", new SourceFile($"{name}.csv")).Output("run.csv").File("run.csv"));
        steps.ForEach("member", members, member => member.Item, (own, member) =>
            own.Use(new ColumnStatistics { Table = member.Handles, Columns = [_column], Skip = 8, PublishAs = $"results/statistics-{member.Item}.csv" }));
        var all = steps.Use("all", new JoinedTable { Members = [.. members], Skip = 8, PublishAs = "results/all.csv" });
        var histogram = steps.Use("all", new Histogram { Table = all, Column = "Temp", Bins = _bins, PublishAs = "results/histogram.csv" });
        steps.Use("all", new Plot
        {
            Curves = [.. members.Select(member => new Curve(member.Item, member.Handles, "Step", "Temp"))],
            Title = _title,
            XLabel = "Step",
            YLabel = "T / K",
            PublishAs = "results/temperature.svg",
        });
        steps.Use("histogram", new Plot { Curves = [new Curve("all", histogram, Y: "3")], Style = "boxes", PublishAs = "results/histogram.svg" });
    }

    [Fact]
    public void Analysis_FreshAgainAndChanged_RunsWhatItMust()
    {
        IsNeeded();
        Assert.Equal(ExitCodes.Done, _study.Run(Define).ExitCode);
        Assert.StartsWith("member,Step,Temp\na,8,", _study.Read("results/all.csv"), StringComparison.Ordinal);
        Assert.StartsWith("column,samples,mean,deviation,error,block_length,plateau,autocorrelation_time\nTemp,56,", _study.Read("results/statistics-b.csv"), StringComparison.Ordinal);
        Assert.Equal(["center,count,density", "1.76171875,28,0.507936"], _study.Read("results/histogram.csv").Split('\n').Take(2).Select(line => line[..Math.Min(line.Length, 22)].TrimEnd()));
        Assert.Contains("Temperature of 'both'", _study.Read("results/temperature.svg").Replace("&#39;", "'", StringComparison.Ordinal), StringComparison.Ordinal);

        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);

        (_bins, _title) = (8, "T");
        _study.Run(Define);
        Assert.Equal("t/all.histogram t/all.plot t/histogram.plot", _study.Ran);

        Write("b", 3.5);
        _study.Run(Define);
        Assert.Equal("t/all.histogram t/all.join t/all.plot t/histogram.plot t/run[member=b] t/statistics[member=b]", _study.Ran);
    }

    [Fact]
    public void Plot_MadeAgain_IsTheSame()
    {
        IsNeeded();
        _study.Run(Define);
        var first = _study.Read("results/temperature.svg");
        _study.Run(Define, request => request with { Selection = request.Selection with { Rerun = [new Core.Planning.Selection.StepPattern("t/all.plot")] } });
        Assert.Equal("t/all.plot", _study.Ran);
        Assert.Equal(first, _study.Read("results/temperature.svg"));
    }

    [Fact]
    public void Statistics_OfAColumnThatIsNotThere_FailWithThoseThatAre()
    {
        IsNeeded();
        _column = "Tmp";
        Assert.Equal(ExitCodes.Failed, _study.Run(Define).ExitCode);
        Assert.Equal(Outcome.Failed, _study.StepOf("t/statistics[member=a]").Outcome);
        Assert.Contains("it has Step, Temp", _study.StepOf("t/statistics[member=a]").Failure!.Message + string.Concat(_study.StepOf("t/statistics[member=a]").Failure!.LogTail ?? []), StringComparison.Ordinal);
    }

    private static void IsNeeded() => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(directory => File.Exists(Path.Combine(directory, "gnuplot"))),
        "gnuplot is not installed: no 'gnuplot' on the PATH");
}
