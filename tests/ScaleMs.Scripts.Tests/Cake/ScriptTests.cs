using Xunit;

namespace ScaleMs.Scripts.Tests.Cake;

/// <summary>Steps of scripts under a real `dotnet cake`.</summary>
public sealed class ScriptTests(CakeCheckout checkout)
{
    private const string Head = "#load \"../../artifacts/cake/*/scalems.cake\"\n";

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
        build["build.cake"] = Head + "static void Write(StepFiles files, Options options) => files.WriteText(\"o.txt\", $\"{options.Number}\");\npublic record Options(int Number);\n"
            + "Step(\"write\").Call(Write, new Options(3)).Outputs(\"o.txt\");\nRunTarget(\"write\");\n";
        Assert.Equal("write", build.Run().Executed);
        Assert.Equal("3", build["o.txt"]);
        build.Edit("build.cake", "RunTarget", "// A remark.\nRunTarget");
        Assert.Equal(string.Empty, build.Run().Executed);
        build.Edit("build.cake", "{options.Number}", "no. {options.Number}");
        Assert.Equal("write", build.Run().Executed);
        Assert.Equal("no. 3", build["o.txt"]);
    }

    [Fact]
    public void Step_WithoutTheModule_SaysWhatIsMissing()
    {
        var ended = checkout.Copy("first").Run("--paths_modules=none");
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
}
