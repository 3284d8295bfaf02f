using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Setup and teardown, of the run and of each task, with all that they may throw.</summary>
public sealed class LifetimeTests
{
    [Fact]
    public async Task Lifetime_OfARun_IsAroundItsTasks()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Host.Setup(context => build.Say($"setup {context.TargetTask.Name} {string.Join(',', context.TasksToExecute.Select(task => task.Name))}"));
                build.Host.Setup(_ => build.Say("second setup"));
                build.Host.Teardown(context => build.Say($"teardown {context.Successful}"));
                build.Host.Teardown(_ => build.Say("second teardown"));
                Two(build);
            },
            "all");
        Assert.Equal(["setup all part,all", "second setup", "part", "all", "teardown True", "second teardown"], both.Said);
        Assert.Contains("Setup Setup Executed '' took time", both.Report);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Setup_OfSeveralTargets_SeesAllTasks(bool exclusive) => Engines.AgreeAsync(
        build =>
        {
            Two(build);
            build.Task("more");
            build.Host.Setup(_ => build.Say("setup"));
        },
        new Asked("more", "all") { Exclusive = exclusive });

    [Fact]
    public Task Setup_Exclusive_SeesAllTasksOfTheClosure() => Engines.AgreeAsync(
        build =>
        {
            Two(build);
            build.Host.Setup(_ => build.Say("setup"));
        },
        new Asked("all") { Exclusive = true });

    [Fact]
    public async Task Setup_Throws_NoTaskRunsAndTeardownDoes()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Host.Setup(_ => Build.Throw("setup"));
                build.Host.Setup(_ => build.Say("second setup"));
                build.Host.Teardown(context => build.Say($"teardown {context.ThrownException?.Message}"));
                Two(build);
            },
            "all");
        Assert.Equal(["teardown setup failed"], both.Said);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public Task Teardown_Throws_WhatWinsIsAsInCake(int teardowns, bool taskFails) => Engines.AgreeAsync(
        build =>
        {
            for (var i = 1; i <= teardowns; i++)
            {
                var number = i;
                build.Host.Teardown(_ =>
                {
                    build.Say($"teardown {number}");
                    Build.Throw($"teardown {number}");
                });
            }

            _ = taskFails ? build.Failing("all") : build.Task("all");
        },
        "all");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Teardown_OneOfTwoThrows_WhatWinsIsAsInCake(bool taskFails) => Engines.AgreeAsync(
        build =>
        {
            build.Host.Teardown(_ => Build.Throw("teardown"));
            build.Host.Teardown(_ => build.Say("second teardown"));
            _ = taskFails ? build.Failing("all") : build.Task("all");
        },
        "all");

    [Fact]
    public async Task TaskLifetime_IsAroundEachTask()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                TellTaskLifetime(build);
                build.Failing("part").ContinueOnError().Finally(() => build.Say("finally"));
                build.Task("all").IsDependentOn("part");
            },
            "all");
        Assert.Equal(["before part", "part", "finally", "after part part failed", "before all", "all", "after all "], both.Said);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task TaskSetup_Throws_TheTaskDoesNotRunButIsTornDown(bool isHandled) => Engines.AgreeAsync(
        build =>
        {
            build.Host.TaskSetup(context => Build.Throw($"setup of {context.Task.Name}"));
            build.Host.TaskTeardown(context => build.Say($"after {context.Task.Name} {context.ThrownException?.Message} {context.Duration == TimeSpan.Zero}"));
            build.Host.Teardown(context => build.Say($"teardown {context.ThrownException?.Message}"));
            var part = build.Task("part").Finally(() => build.Say("finally"));
            if (isHandled)
            {
                part.ContinueOnError();
            }

            build.Task("all").IsDependentOn("part");
        },
        "all");

    [Fact]
    public Task TaskSetup_OfASkippedTask_Throws_EndsTheRun() => Engines.AgreeAsync(
        build =>
        {
            build.Host.TaskSetup(_ => Build.Throw("setup"));
            build.Host.TaskTeardown(context => build.Say($"after {context.Task.Name} {context.Skipped}"));
            build.Task("part").WithCriteria(false, "never");
            build.Task("all").IsDependentOn("part");
        },
        "all");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public Task TaskTeardown_Throws_WhatWinsIsAsInCake(bool taskFails, bool isHandled) => Engines.AgreeAsync(
        build =>
        {
            build.Host.TaskTeardown(context => Build.Throw($"teardown of {context.Task.Name}"));
            var part = taskFails ? build.Failing("part") : build.Task("part");
            if (isHandled)
            {
                part.ContinueOnError();
            }

            build.Task("all").IsDependentOn("part");
        },
        "all");

    [Fact]
    public Task TaskSetupAndTeardown_BothThrow_WhatWinsIsAsInCake() => Engines.AgreeAsync(
        build =>
        {
            build.Host.TaskSetup(_ => Build.Throw("setup"));
            build.Host.TaskTeardown(_ => Build.Throw("teardown"));
            build.Task("all");
        },
        "all");

    [Fact]
    public Task TaskTeardown_OfASkippedTask_Throws_EndsTheRun() => Engines.AgreeAsync(
        build =>
        {
            build.Host.TaskTeardown(_ => Build.Throw("teardown"));
            build.Task("part").WithCriteria(false, "never");
            build.Task("all").IsDependentOn("part");
        },
        "all");

    [Fact]
    public Task TaskLifetime_OfADelegatedTask_IsCalled() => Engines.AgreeAsync(
        build =>
        {
            TellTaskLifetime(build);
            build.Host.Task("all").IsDependentOn("part").Finally(() => build.Say("finally"));
            build.Task("part");
        },
        "all");

    [Fact]
    public Task Lifetime_RegisteredTwice_IsRefusedAlike() => Engines.AgreeAsync(
        build =>
        {
            build.Host.TaskSetup(_ => { });
            build.Host.TaskSetup(_ => { });
        },
        "all");

    [Theory]
    [InlineData(nameof(ICakeEngine.BeforeSetup))]
    [InlineData(nameof(ICakeEngine.AfterSetup))]
    [InlineData(nameof(ICakeEngine.BeforeTaskSetup))]
    [InlineData(nameof(ICakeEngine.AfterTaskSetup))]
    [InlineData(nameof(ICakeEngine.BeforeTaskTeardown))]
    [InlineData(nameof(ICakeEngine.AfterTaskTeardown))]
    [InlineData(nameof(ICakeEngine.BeforeTeardown))]
    [InlineData(nameof(ICakeEngine.AfterTeardown))]
    public Task Event_ListenerThrows_OthersAreToldAndTheRunGoesOn(string name) => Engines.AgreeAsync(
        build =>
        {
            Two(build);
            TellTaskLifetime(build);
            build.Host.Setup(_ => build.Say("setup"));
            build.Host.Teardown(_ => build.Say("teardown"));
            Listen(build.Engine, name, () => Build.Throw(name));
            Listen(build.Engine, name, () => build.Say($"heard {name}"));
        },
        "all");

    /// <summary>Whatever thread the other target runs on, the handler does not keep it from running.</summary>
    [Fact]
    public async Task TaskTeardown_ThatRunsAnotherTarget_MayDoSoOnAnotherThread()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Task("inner");
                build.Task("all");
                build.Host.TaskTeardown(context => RunInner(build, context.Task));
            },
            "all");
        Assert.Equal(["all", "inner"], both.Said);
    }

    /// <summary>Runs another target at the end of the one that is asked for, and waits for it no longer than a minute.</summary>
    internal static void RunInner(Build build, ICakeTaskInfo after)
    {
        if (after.Name == "all")
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            Task.Run(() => build.Host.RunTarget("inner"), limit.Token).Wait(limit.Token);
        }
    }

    private static void Listen(ICakeEngine engine, string name, Action heard)
    {
        switch (name)
        {
            case nameof(engine.BeforeSetup): engine.BeforeSetup += (_, _) => heard(); break;
            case nameof(engine.AfterSetup): engine.AfterSetup += (_, _) => heard(); break;
            case nameof(engine.BeforeTaskSetup): engine.BeforeTaskSetup += (_, _) => heard(); break;
            case nameof(engine.AfterTaskSetup): engine.AfterTaskSetup += (_, _) => heard(); break;
            case nameof(engine.BeforeTaskTeardown): engine.BeforeTaskTeardown += (_, _) => heard(); break;
            case nameof(engine.AfterTaskTeardown): engine.AfterTaskTeardown += (_, _) => heard(); break;
            case nameof(engine.BeforeTeardown): engine.BeforeTeardown += (_, _) => heard(); break;
            default: engine.AfterTeardown += (_, _) => heard(); break;
        }
    }

    private static void Two(Build build)
    {
        build.Task("part");
        build.Task("all").IsDependentOn("part");
    }

    private static void TellTaskLifetime(Build build)
    {
        build.Host.TaskSetup(context => build.Say($"before {context.Task.Name}"));
        build.Host.TaskTeardown(context => build.Say($"after {context.Task.Name} {context.ThrownException?.Message}"));
    }
}
