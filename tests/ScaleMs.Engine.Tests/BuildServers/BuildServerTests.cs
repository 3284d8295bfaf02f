using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.BuildServers;

/// <summary>What a host shows on build servers, told by the variables that they set.</summary>
public sealed class BuildServerTests
{
    private const string Failing = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "");
        [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md) =>
                steps.Step("weigh").Tool("sh").Run("sh", "-c", "echo no scales; exit 3").Output("out", publish: "out.txt");
        }
        """;

    [Fact]
    public void GitHub_FailedStep_HasItsLogInAGroupAnErrorAndTheSummary()
    {
        using var study = new StudyHost(Failing);
        var (code, output) = Run(study, ("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", study.PathOf("job.md")));

        Assert.Equal(1, code);
        Assert.Contains("::group::log of Default/weigh\nno scales\n::endgroup::\n::error title=Default/weigh::ToolError: the command ended with exit code 3\n", output, StringComparison.Ordinal);
        var summary = File.ReadAllText(study.PathOf("job.md"));
        Assert.StartsWith("## Default: failed after ", summary, StringComparison.Ordinal);
        Assert.Contains("- **failed** Default/weigh (", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Azure_FailedStep_HasItsLogInAGroupAnIssueAndTheSummary()
    {
        using var study = new StudyHost(Failing);
        var (_, output) = Run(study, ("TF_BUILD", "True"));

        Assert.Contains("##[group]log of Default/weigh\nno scales\n##[endgroup]\n", output, StringComparison.Ordinal);
        Assert.Contains("##vso[task.logissue type=error;]Default/weigh: ToolError: the command ended with exit code 3\n", output, StringComparison.Ordinal);
        var file = output.Split("##vso[task.uploadsummary]")[1].Split('\n')[0].Trim();
        Assert.StartsWith("## Default: failed after ", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void TeamCity_FailedStep_HasItsLogInABlockAndABuildProblem()
    {
        using var study = new StudyHost(Failing);
        var (_, output) = Run(study, ("TEAMCITY_VERSION", "2026.1"));

        Assert.Contains("##teamcity[blockOpened name='log of Default/weigh']\nno scales\n##teamcity[blockClosed name='log of Default/weigh']\n", output, StringComparison.Ordinal);
        Assert.Contains("##teamcity[buildProblem ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void GitLab_FailedStep_HasItsLogInACollapsedSection()
    {
        using var study = new StudyHost(Failing);
        var (_, output) = Run(study, ("GITLAB_CI", "true"), ("CI_SERVER", "yes"));

        Assert.Matches("\e\\[0Ksection_start:[0-9]+:scalems_log_of_Default_weigh\\[collapsed=true\\]\r\e\\[0Klog of Default/weigh\nno scales\n\e\\[0Ksection_end:[0-9]+:scalems_log_of_Default_weigh\r\e\\[0K\n", output);
    }

    [Fact]
    public void GitHub_FaultOfTheDefinition_IsMarkedAtItsLine()
    {
        using var study = new StudyHost(Failing.Replace(".Tool(\"sh\")", string.Empty, StringComparison.Ordinal));
        var (code, output) = Run(study, ("GITHUB_ACTIONS", "true"));

        Assert.Equal(3, code);
        Assert.Matches("::error title=SMS[0-9]{4},file=Study\\.cs,line=[0-9]+::", output);
    }

    [Theory]
    [InlineData("build")]
    [InlineData("build", "--parallel")]
    public void GitHub_PlainTask_HasItsOutputInAGroup(params string[] arguments)
    {
        using var study = new StudyHost("""
            return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());
            public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "");
            [TaskName("fetch")] public sealed class FetchTask : FrostingTask<Md> { public override void Run(Md md) => Console.WriteLine("fetched"); }
            [TaskName("build"), IsDependentOn(typeof(FetchTask))] public sealed class BuildTask : FrostingTask<Md> { public override void Run(Md md) => Console.WriteLine("built"); }
            """);
        var (code, output) = study.Run([.. NoServer, ("GITHUB_ACTIONS", "true")], [$"--target={arguments[0]}", .. arguments[1..]]);

        Assert.Equal(0, code);
        Assert.Matches("(?s)::group::fetch\n.*fetched\n.*::endgroup::\n.*::group::build\n.*built\n.*::endgroup::\n", output);
    }

    [Theory]
    [InlineData]
    [InlineData("--parallel")]
    public void GitHub_PlainTaskThatDoesNotEndItsLine_HasTheEndOfItsGroupOnALineOfItsOwn(params string[] arguments)
    {
        using var study = new StudyHost("""
            return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());
            public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "");
            [TaskName("Default")] public sealed class DefaultTask : FrostingTask<Md>
            {
                public override void Run(Md md) => Console.Write("half a line");
                public override void Finally(Md md) => Console.Write(", and the rest");
            }
            """);
        var (code, output) = study.Run([.. NoServer, ("GITHUB_ACTIONS", "true")], arguments);

        Assert.Equal(0, code);
        Assert.Contains("half a line, and the rest\n::endgroup::\n", output, StringComparison.Ordinal);
    }

    /// <summary>One that the build goes on after is none.</summary>
    [Theory]
    [InlineData("fetch")]
    [InlineData("fetch", "--parallel")]
    [InlineData("steps")]
    public void GitHub_PlainTaskThatFails_IsAnErrorOfTheJobWithItsMessage(string target, params string[] arguments)
    {
        using var study = new StudyHost("""
            return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());
            public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "");
            [TaskName("weak"), ContinueOnError] public sealed class WeakTask : FrostingTask<Md> { public override void Run(Md md) => throw new InvalidOperationException("weak"); }
            [TaskName("fetch"), IsDependentOn(typeof(WeakTask))] public sealed class FetchTask : FrostingTask<Md> { public override void Run(Md md) => throw new InvalidOperationException("no network"); }
            [TaskName("steps"), IsDependentOn(typeof(FetchTask))] public sealed class StepsTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) => steps.Step("weigh").Tool("sh").Run("sh", "-c", "echo > out").Output("out", publish: "out.txt");
            }
            """);
        var (code, output) = study.Run([.. NoServer, ("GITHUB_ACTIONS", "true")], [$"--target={target}", .. arguments]);

        Assert.Equal(1, code);
        Assert.Contains("::endgroup::\n::error title=fetch::no network\n", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("::error ").Length);
    }

    [Fact]
    public void OwnMachine_FailedStep_ShowsNoneOfThese()
    {
        using var study = new StudyHost(Failing);
        var (_, output) = Run(study);
        Assert.DoesNotContain("group", output, StringComparison.Ordinal);
        Assert.DoesNotContain("::error", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_WithTheNameOfAMarkdownFile_IsMarkdown()
    {
        using var study = new StudyHost(Failing);
        study.Run("--summary=summary.md");
        Assert.StartsWith("## Default: failed after ", File.ReadAllText(study.PathOf("summary.md")), StringComparison.Ordinal);
    }

    private static readonly (string Name, string? Value)[] NoServer = [("GITHUB_ACTIONS", null), ("TF_BUILD", null), ("TEAMCITY_VERSION", null), ("GITLAB_CI", null)];

    /// <summary>Whatever server these tests run on themselves is taken away.</summary>
    private static (int Code, string Output) Run(StudyHost study, params (string Name, string? Value)[] variables) =>
        study.Run([.. NoServer, .. variables]);
}
