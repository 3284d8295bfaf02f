using Xunit;

namespace ScaleMs.Scripts.Tests.Cake;

/// <summary>Steps of scripts under a real `dotnet cake`.</summary>
public sealed class ScriptTests(CakeCheckout checkout)
{
    private const string Head = "#load \"../../artifacts/cake/*/scalems.cake\"\n";

    private const string Counting = """
static void Count(StepFiles files, Words words) =>
    files.WriteText("count.txt", $"{files.ReadLines("text.txt").Count(line => line.Contains(words.Word))}\n");

public record Words(string Word);

Step("count").Input("text.txt", Source("text.txt")).Call(Count, new Words("salt")).Outputs("count.txt");
""";

    [Fact]
    public void Mistake_InAStep_IsToldWithFileAndLineOfTheScript()
    {
        var build = checkout.Copy("first");
        build["build.cake"] = Head + "\nStep(\"count\").Inputs(\"none.txt\")\n    .Output(\"../x\");\nRunTarget(\"count\");\n";
        var ended = build.Run();
        Assert.Equal(3, ended.ExitCode);
        Assert.Contains($"at   {build.Folder}/build.cake:3", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_OfAScript_RunsAgainOnlyWhenItsOwnCodeChanged()
    {
        var build = checkout.Copy("first");
        build["text.txt"] = "salt\nsugar\nmore salt\n";
        build["build.cake"] = $"{Head}{Counting}\nRunTarget(\"count\");\n";
        Assert.Equal("count", build.Run().Executed);
        Assert.Equal("2\n", build["count.txt"]);
        build.Edit("build.cake", "RunTarget", "// A remark.\nRunTarget");
        Assert.Equal(string.Empty, build.Run().Executed);
        build.Edit("build.cake", "=> line.Contains(words.Word)", "=> !line.Contains(words.Word)");
        Assert.Equal("count", build.Run().Executed);
        Assert.Equal("1\n", build["count.txt"]);
    }

    [Fact]
    public void Step_WithoutTheModule_SaysWhatIsMissing()
    {
        // Others run this script as it is at the same time, and Cake's cache of compiled scripts is not made for two that write one entry.
        var ended = checkout.Copy("first").Run("--paths_modules=none", "--paths_cache=./cache");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("steps, which need the ScaleMs engine, but Cake's own engine is running", ended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Criteria_ThatDoesNotHold_SkipsTheStep()
    {
        var build = checkout.Copy("first");
        build["build.cake"] = Head + "Step(\"one\").Command(\"echo\", \"1\").OutputTo(\"1\").Outputs(\"1\").WithCriteria(false, \"not today\");\n"
            + "Step(\"two\").Command(\"echo\", \"2\").OutputTo(\"2\").Outputs(\"2\").WithCriteria(() => true).IsDependentOn(\"one\");\nRunTarget(\"two\");\n";
        Assert.Equal((0, "two"), build.Run() is var ended ? (ended.ExitCode, ended.Executed) : default);
    }

    /// <summary>The plan with work is not the last one.</summary>
    [Fact]
    public void Plans_OfTwoRuns_EndWithTheCodeForWorkWhenEitherHasSome()
    {
        var build = checkout.Copy("first");
        build["build.cake"] = Head + "foreach (var name in new[] { \"one\", \"two\" })\n    Step(name).Command(\"echo\", name).OutputTo(name).Outputs(name);\n"
            + "if (!HasArgument(\"half\"))\n    RunTarget(\"one\");\nRunTarget(\"two\");\n";
        Assert.Equal("two", build.Run("--half").Executed);
        Assert.Equal(4, build.Run("--plan", "--exit-code").ExitCode);
        Assert.Equal(0, build.Run().ExitCode);
        Assert.Equal(0, build.Run("--plan", "--exit-code").ExitCode);
    }
}
