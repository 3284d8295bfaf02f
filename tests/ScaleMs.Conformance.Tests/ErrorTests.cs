using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>What becomes of an error, and which one wins where there are several.</summary>
public sealed class ErrorTests
{
    [Fact]
    public async Task Task_Fails_NothingAfterItRuns()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Failing("part");
                build.Task("other");
                build.Task("all").IsDependentOn("part").IsDependentOn("other");
            },
            "all");
        Assert.Equal(["part"], both.Said);
        Assert.Equal("1", both.Of("exit ").Single());
    }

    [Fact]
    public async Task ContinueOnError_TaskFails_TheRunGoesOn()
    {
        var both = await Engines.AgreeAsync(
            build =>
            {
                build.Failing("part").ContinueOnError();
                build.Task("all").IsDependentOn("part");
            },
            "all");
        Assert.Equal(["part", "all"], both.Said);
        Assert.Contains("part Task Failed '' took time", both.Report);
        Assert.Equal("0", both.Of("exit ").Single());
    }

    [Fact]
    public Task OnError_GetsExceptionAndContext() => Engines.AgreeAsync(
        build => build.Failing("all").OnError((exception, context) => build.Say($"{exception.Message} {context == build.Context}")), "all");

    [Fact]
    public Task OnError_Async_IsAwaited() => Engines.AgreeAsync(
        build => build.Failing("all").OnError(async exception =>
        {
            await Task.Yield();
            build.Say($"handled {exception.Message}");
        }),
        "all");

    [Fact]
    public async Task OnError_ThrowsAnother_TheOtherWins()
    {
        var both = await Engines.AgreeAsync(build => build.Failing("all").OnError(() => Build.Throw("handler")), "all");
        Assert.Contains("CakeReportException: handler failed <- InvalidOperationException: handler failed", both.Of("threw "));
    }

    [Fact]
    public Task OnError_ThrowsTheSame_ItIsToldOnce() => Engines.AgreeAsync(build => build.Failing("all").OnError(exception => throw exception), "all");

    [Fact]
    public Task ReportError_ComesBeforeTheHandler() => Engines.AgreeAsync(
        build => build.Failing("all").ReportError(exception => build.Say($"reported {exception.Message}")).OnError(() => build.Say("handled")), "all");

    [Fact]
    public Task ReportError_WithoutHandler_TheTasksErrorEndsTheRun() => Engines.AgreeAsync(
        build => build.Failing("all").ReportError(exception => build.Say($"reported {exception.Message}")), "all");

    [Fact]
    public Task ReportError_Throws_IsNotHeard() => Engines.AgreeAsync(
        build => build.Failing("all").ReportError(_ => Build.Throw("reporter")).OnError(exception => build.Say($"handled {exception.Message}")), "all");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Finally_IsCalledWhateverHappened(bool fails) => Engines.AgreeAsync(
        build => (fails ? build.Failing("all") : build.Task("all")).Finally(() => build.Say("finally")), "all");

    [Fact]
    public Task Finally_WithHandler_ComesAfterIt() => Engines.AgreeAsync(
        build => build.Failing("all").Finally(context => build.Say($"finally {context == build.Context}")).OnError(() => build.Say("handled")), "all");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public Task Finally_Throws_ItsErrorWinsAndNoTeardownIsCalled(bool fails, bool isHandled) => Engines.AgreeAsync(
        build =>
        {
            var task = (fails ? build.Failing("part") : build.Task("part")).Finally(() => Build.Throw("finally"));
            if (isHandled)
            {
                task.ContinueOnError();
            }

            build.Task("all").IsDependentOn("part");
            build.Host.TaskTeardown(context => build.Say($"task teardown {context.Task.Name}"));
            build.Host.Teardown(context => build.Say($"teardown {context.ThrownException?.Message}"));
        },
        "all");

    [Fact]
    public Task Finally_Async_IsAwaited() => Engines.AgreeAsync(
        build => build.Task("all").Finally(async () =>
        {
            await Task.Yield();
            build.Say("finally");
        }),
        "all");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public Task DeferOnError_SeveralActions_AllRunAndThenTheErrorsCount(int failures) => Engines.AgreeAsync(
        build =>
        {
            var task = build.Host.Task("all").DeferOnError();
            for (var i = 0; i < 4; i++)
            {
                var number = i;
                task.Does(() => build.Say($"action {number}"));
                task.Does(() => (number < failures ? Build.Throw : (Action<string>)build.Say)($"{number}"));
            }
        },
        "all");

    [Fact]
    public Task DeferOnError_WithHandler_HandlerGetsTheGatheredErrors() => Engines.AgreeAsync(
        build => build.Failing("all").DeferOnError().Does(() => Build.Throw("second")).OnError(exception => build.Say(Recording.Told(exception))), "all");

    [Fact]
    public Task Error_WithAnExitCode_EndsAsCakeEndsIt() => Engines.AgreeAsync(
        build => build.Host.Task("all").Does(() => throw new CakeException(42, "with a code")), "all");

    [Fact]
    public Task Error_OfSeveralActions_TheFirstEndsTheTask() => Engines.AgreeAsync(
        build => build.Failing("all").Does(() => build.Say("not reached")), "all");

    [Fact]
    public Task Error_Cancelled_IsAnErrorLikeAnother() => Engines.AgreeAsync(
        build => build.Host.Task("all").Does(() => throw new OperationCanceledException("given up")), "all");

    [Fact]
    public Task Error_OfManyTasks_IsTold() => Engines.AgreeAsync(
        build => build.Host.Task("all").Does(() => Task.WhenAll(Task.FromException(new InvalidOperationException("one")), Task.FromException(new InvalidOperationException("two")))), "all");

    [Fact]
    public Task Error_Aggregate_IsTold() => Engines.AgreeAsync(
        build => build.Host.Task("all").Does(() => throw new AggregateException("many", new CakeException(7, "one"), new InvalidOperationException("two"))), "all");

    [Fact]
    public Task Handlers_ToldTwice_AreRefusedAlike() => Engines.AgreeAsync(
        build => build.Failing("all").ContinueOnError().OnError(() => { }), "all");
}
