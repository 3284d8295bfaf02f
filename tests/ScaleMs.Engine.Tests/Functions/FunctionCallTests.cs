using System.Text.Json;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Arguments, files and results of functions in processes of their own.</summary>
public sealed class FunctionCallTests : IDisposable
{
    private readonly CallingStudy _calling = new();

    private TestStudy Study => _calling.Study;

    public void Dispose() => _calling.Dispose();

    [Fact]
    public void Arguments_OfEveryKind_ArriveAsTheyWere()
    {
        var facts = _calling.ResultOf(step => step.Call(CalledFunctions.Tell, "grüße \"an\" alle: 結果 😀\n\0", new[] { 0.1, -0.0, 1e300, 5e-324 }));

        Assert.Equal("grüße \"an\" alle: 結果 😀\n\0", facts.Text);
        Assert.Equal(new[] { 0.1, -0.0, 1e300, 5e-324 }.Select(BitConverter.DoubleToInt64Bits), facts.Numbers.Select(BitConverter.DoubleToInt64Bits));
        Assert.NotEqual(Environment.ProcessId, facts.Process);
    }

    [Fact]
    public void Arguments_OfAMegabyte_ArriveWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 1 << 18).Select(i => (char)('a' + (i % 26)) + "é€ "))[..(1 << 20)];
        Assert.Equal(text, _calling.ResultOf(step => step.Call(CalledFunctions.Tell, text, new double[] { 1 })).Text);
    }

    [Fact]
    public void Arguments_ThatAreNoNumbers_ArriveAndComeBack()
    {
        Study.Run(steps => steps.Step("f").Call(CalledFunctions.Tell, "x", new[] { double.NaN, double.PositiveInfinity }).Publish("r.json"));
        Assert.Contains("\"NaN\"", Study.Read("r.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Process_OfAFunction_IsInItsDirectoryWithoutCakeAndLeavesNoHookToOthers()
    {
        var site = _calling.ResultOf(step => step.Call(CalledFunctions.Look));

        Assert.EndsWith("/files", site.Directory, StringComparison.Ordinal);
        Assert.StartsWith(Study.Root, site.Directory, StringComparison.Ordinal);
        Assert.Equal((null, false), (site.Hook, site.HasCake));
    }

    [Fact]
    public void InProcess_OfAStep_CallsItInTheHostUnderTheSameKey()
    {
        _calling.ResultOf(step => step.Call(CalledFunctions.Tell, "x", new double[] { 1 }));
        var key = Study.Last!.Summary.Steps[0].Key;
        Study.Delete(".scalems");
        Study.Delete("result.json");

        Assert.Equal(Environment.ProcessId, _calling.ResultOf(step => step.InProcess().Call(CalledFunctions.Tell, "x", new double[] { 1 })).Process);
        Assert.Equal(key, Study.Last!.Summary.Steps[0].Key);
    }

    [Fact]
    public void Files_InArraysAndRecords_AreInputsAndOutputs()
    {
        Study.Write("a.txt", "one\ntoo long\n");
        Study.Write("head.csv", "head\n");
        Study.Run(Merging);

        Assert.Equal("head\none\ntwo\n", Study.Read("merged.txt"));
        Assert.Equal("2 lines of rows.txt rows-2.dat\n", Study.Read("report.txt"));
        Assert.Equal("t/merge t/report t/two", Study.Ran);
        Study.Run(Merging);
        Assert.Equal(string.Empty, Study.Ran);
    }

    [Fact]
    public void Result_ThatStays_SparesWhoReadsIt()
    {
        Study.Write("a.txt", "one\n");
        Study.Write("head.csv", "head\n");
        Study.Run(Merging);
        Study.Write("head.csv", "other head\n");
        Study.Run(Merging);

        Assert.Equal("t/merge", Study.Ran);
        Study.Write("a.txt", "one\nsix\n");
        Study.Run(Merging);
        Assert.Equal("t/merge t/report", Study.Ran);
    }

    [Fact]
    public void Step_WhoseArgumentChanges_RunsAgainAndSaysWhich()
    {
        Study.Run(steps => steps.Step("f").Call(CalledFunctions.Square, 3).Publish("r.json"));
        Study.Run(steps => steps.Step("f").Call(CalledFunctions.Square, 4).Publish("r.json"));

        Assert.Equal("number: 3 → 4", Study.ReasonOf("t/f"));
        Assert.Equal("16\n", Study.Read("r.json"));
    }

    [Fact]
    public void Calls_FiftyAtATime_AllReturn()
    {
        Study.Run(
            steps =>
            {
                for (var i = 0; i < 50; i++)
                {
                    steps.Step($"f{i}").Call(CalledFunctions.Square, i).Publish($"r{i}.json");
                }
            },
            request => request with { Capacity = new Core.Model.Resources(50) });

        Assert.Equal(Enumerable.Range(0, 50).Select(i => i * i), Enumerable.Range(0, 50).Select(i => JsonSerializer.Deserialize<int>(Study.Read($"r{i}.json"))));
    }

    [Fact]
    public void Functions_ThatCannotBeSteps_AreFaultsToldTogetherWithTheirPlace()
    {
        var thrown = Assert.Throws<FaultException>(() => Study.Run(steps =>
        {
            steps.Step("async").Call(CalledFunctions.Perhaps, 1);
            steps.Step("async-void").Call(CalledFunctions.Forgotten, OutputFile.Named("x")).Output("x");
            steps.Step("generic").Call(CalledFunctions.Same<int>, 1);
            steps.Step("forgets").Call(CalledFunctions.Forgets, new CalledFunctions.Forgetful(3)).Output("x");
            steps.Step("loops").Call(CalledFunctions.Loops, new CalledFunctions.Looping()).Output("x");
            steps.Step("list").Call<IReadOnlyList<int>>(CalledFunctions.Counts, [1, 2]).Output("x");
        }));

        Assert.Equal(["async", "async-void", "forgets", "generic", "list", "loops"], thrown.Faults.Select(fault => fault.What.Split('\'')[1][2..]).Order(StringComparer.Ordinal));
        Assert.All(thrown.Faults, fault => Assert.Equal(("SMS1018", nameof(FunctionCallTests) + ".cs"), (fault.Code, Path.GetFileName(fault.Where.File))));
        Assert.Contains("its argument 'value', a 'Forgetful', loses some of what was written", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("its argument 'value', a 'Looping', cannot be written as JSON", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("'Perhaps' returns a 'ValueTask', which nobody waits for", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("'Forgotten' is asynchronous and returns nothing by which its end could be known", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_ThatCaptureState_AreFaultsThatNameIt()
    {
        var cutoff = Study.Root.Length;
        var thrown = Assert.Throws<FaultException>(() => Study.Run(steps => steps.Step("f").Call(number => number * cutoff, 2).Publish("x")));

        // Of the compiler's own fields of the closure none is told.
        Assert.Contains("this lambda captures 'cutoff', 'this' (a 'FunctionCallTests'), which", thrown.Message, StringComparison.Ordinal);
    }

    private static void Merging(StepBuilder steps)
    {
        var two = steps.Shell("two", "echo two > two.dat").Output("two.dat");
        InputFile[] rows = [InputFile.Of(new SourceFile("a.txt")), InputFile.Of(two.File("two.dat"))];
        var limits = new CalledFunctions.Limits(3, InputFile.Of(new SourceFile("head.csv")));
        var table = steps.Step("merge").Call(CalledFunctions.Merge, rows, limits, OutputFile.Named("merged.txt", publish: "merged.txt"));
        steps.Step("report").Call(CalledFunctions.Report, table, OutputFile.Named("text", publish: "report.txt"));
    }
}
