using Cake.Core;
using Cake.Core.Diagnostics;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Plain tasks where the run is ScaleMs's own: what stays as in Cake, and the differences of the second table in docs/cake.md.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class MixedTests
{
    [Fact]
    public async Task PlainTasks_AroundSteps_KeepCakesOrderAndTheirLifetime()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Host.Setup(context => build.Say($"setup {context.TargetTask.Name}"));
                build.Host.Teardown(context => build.Say($"teardown {context.Successful}"));
                build.Host.TaskSetup(context => build.Say($"before {context.Task.Name}"));
                build.Host.TaskTeardown(context => build.Say($"after {context.Task.Name}"));
                build.Task("first");
                build.Task("second").IsDependentOn("first").WithCriteria(false, "never");
                build.Task("use").IsDependentOn("write").Does(() => build.Say(File.ReadAllText($"{build.Context.Environment.WorkingDirectory}/out.txt").Trim()));
                build.Task("all").IsDependentOn("second").IsDependentOn("use").IsDependentOn("first");
            },
            new Asked("all"));
        Assert.Equal(["before first", "first", "after first", "before second", "after second", "before use", "use", "written", "after use", "before all", "all", "after all"], ours.Said.Where(IsOfAPlainTask));
        Assert.Equal(("setup all", "teardown True"), (ours.Said.First(), ours.Said.Last()));
        Assert.Equal(1, ours.Said.Count(said => said == "before write"));
        Assert.Equal(1, ours.Said.Count(said => said == "after write"));
        Assert.Equal(["Setup", "first", "second", "use", "all", "Teardown"], ours.Report.Take(6).Select(row => row.Split(' ')[0]));
    }

    [Fact]
    public async Task Option_ThatNobodyAsksFor_IsAnErrorWhereOnlyStepsRun()
    {
        var ours = await Engines.OursAsync(AddSteps, new Asked("write") { UnderModule = true, Arguments = [KeyValuePair.Create("plam", "true")] });
        Assert.StartsWith("CakeException: ", ours.Of("threw ").Single(), StringComparison.Ordinal);
        Assert.Contains("--plam", ours.Of("threw ").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("ask")]
    public async Task Option_ThatATaskMayAskFor_IsNone(string beside)
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Host.Task("ask").Does(context => build.Say(context.Arguments.GetArguments("mine").Single()));
                build.Task("all").IsDependentOn("ask").IsDependentOn(beside == "ask" ? "ASK" : beside);
            },
            new Asked("all") { UnderModule = true, Arguments = [KeyValuePair.Create("mine", "value")] });
        Assert.Equal(["value", "all"], ours.Said);
    }

    /// <summary>Under Cake's own engine a step task says what is missing.</summary>
    [Fact]
    public async Task Steps_UnderCakesEngine_AreRefusedWithAdvice()
    {
        var (cake, ours) = await Engines.EachAsync(AddSteps, new Asked("write"));
        Assert.Contains("need the ScaleMs engine", cake.Of("threw ").Single(), StringComparison.Ordinal);
        Assert.Equal("0", ours.Of("exit ").Single());
    }

    [Fact]
    public async Task PlainTask_BeforeSteps_FailsAndNoStepRuns()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Failing("first").IsDependeeOf("write");
                build.Host.TaskSetup(context => build.Say($"before {context.Task.Name}"));
                build.Host.Teardown(context => build.Say($"teardown {context.Successful}"));
            },
            new Asked("write"));
        Assert.Equal(["before first", "first", "teardown False"], ours.Said);
        Assert.StartsWith("CakeReportException: write failed: ", ours.Of("threw ").Single(), StringComparison.Ordinal);
    }

    /// <summary>So that a teardown, and a script that catches it, can tell what went wrong.</summary>
    [Fact]
    public async Task PlainTask_ThatFails_IsTheInnerExceptionOfTheRuns()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Failing("all").IsDependentOn("write");
                build.Host.Teardown(context => build.Say($"{context.ThrownException?.InnerException?.GetType().Name}"));
            },
            new Asked("all"));
        Assert.Equal(["all", nameof(InvalidOperationException)], ours.Said);
    }

    /// <summary>The host prints the run's error with its stack when that much is asked for, so with the first failure's; what failed beside it is told so here.</summary>
    [Theory]
    [InlineData(Verbosity.Diagnostic, "InvalidOperationException")]
    [InlineData(Verbosity.Verbose, "two failed")]
    public async Task PlainTasks_ThatFail_AreToldInFullWhereThatIsAskedFor(Verbosity verbosity, string told)
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Failing("one");
                build.Failing("two");
                build.Task("all").IsDependentOn("write").IsDependentOn("one").IsDependentOn("two");
            },
            new Asked("all") { Verbosity = verbosity, Arguments = [KeyValuePair.Create("keep-going", "true")] });
        Assert.EndsWith("<- InvalidOperationException: one failed", ours.Of("threw ").Single(), StringComparison.Ordinal);
        Assert.Contains(ours.Of("log "), line => line.StartsWith("Error: Task 'two' failed: ", StringComparison.Ordinal) && line.Contains(told, StringComparison.Ordinal));
        Assert.Contains("Error: Task 'one' failed: one failed", ours.Of("log "));
    }

    [Fact]
    public async Task PlainBuild_AfterARunWhoseFailureWasCaught_LeavesTheExitCodeToTheHost()
    {
        const int StoreInUse = 75, HostFailed = 1;
        ExitCodeRecord.Set(StoreInUse);
        Assert.Equal(StoreInUse, ExitCodeRecord.InsteadOf(HostFailed));
        await Engines.OursAsync(build => build.Task("all"), new Asked("all"));
        Assert.Equal(HostFailed, ExitCodeRecord.InsteadOf(HostFailed));
    }

    [Fact]
    public async Task ShouldRun_OfATargetWithSteps_IsAWarning()
    {
        var (cake, ours) = await Engines.EachAsync(AddSteps, new Asked("unwanted"));
        Assert.Contains("Could not reach target 'unwanted'", cake.Of("threw ").Single(), StringComparison.Ordinal);
        Assert.Contains("Warning: The target 'unwanted' was skipped by its criteria.", ours.Of("log "));
        Assert.Equal("0", ours.Of("exit ").Single());
    }

    [Fact]
    public async Task TaskWithoutCode_IsNothingButItsDependencies()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Task("part");
                build.Host.Task("all").IsDependentOn("part").IsDependentOn("write");
            },
            new Asked("all"));
        Assert.DoesNotContain(ours.Report, row => row.StartsWith("all ", StringComparison.Ordinal));
        Assert.Equal(["part"], ours.Said);
    }

    [Fact]
    public async Task Targets_EachForItself_ShareTheirTasksAllTheSame()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Task("part");
                build.Task("a").IsDependentOn("part").IsDependentOn("write");
                build.Task("b").IsDependentOn("part");
            },
            new Asked("a", "b") { EachForItself = true });
        Assert.Equal(["part", "b", "a"], ours.Said);
    }

    [Fact]
    public async Task Strategy_IsAskedForOneFinallyMore()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Task("all").IsDependentOn("write");
            },
            new Asked("all"));
        Assert.Equal(["InvokeFinally", "Execute all"], ours.Of("call "));
    }

    [Fact]
    public async Task Engine_AskedForStepsFromATask_SaysThatTheStoreIsInUse()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Host.Task("all").IsDependentOn("write").Does(() => build.Host.RunTarget("write"));
            },
            new Asked("all"));
        Assert.Contains("in use", ours.Of("threw ").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_AskedForPlainTasksFromATask_RunsThem()
    {
        var ours = await Engines.OursAsync(
            build =>
            {
                AddSteps(build);
                build.Task("inner");
                build.Host.Task("all").IsDependentOn("write").Does(() => build.Host.RunTarget("inner"));
            },
            new Asked("all"));
        Assert.Equal(["inner"], ours.Said);
        Assert.Equal("0", ours.Of("exit ").Single());
    }

    private static void AddSteps(Build build)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the steps run a POSIX shell");
        build.Context.AddWorkflow<WriteContext>(build.Host.Task);
    }

    private static bool IsOfAPlainTask(string said) => !said.StartsWith("setup", StringComparison.Ordinal) && !said.StartsWith("teardown", StringComparison.Ordinal) && !said.EndsWith(" write", StringComparison.Ordinal);
}
