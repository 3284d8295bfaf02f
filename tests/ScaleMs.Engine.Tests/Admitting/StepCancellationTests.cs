using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;
using Xunit;

namespace ScaleMs.Engine.Tests.Admitting;

/// <summary>Single steps that are ended while their run goes on.</summary>
public sealed class StepCancellationTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalems-cancel-");
    private readonly TestStudy _study = new();
    private readonly StepCancellation _cancellation = new();
    private ILauncher? _launcher;

    private string Gate => Path.Combine(_folder.FullName, "gate");

    public void Dispose()
    {
        File.WriteAllText(Gate, string.Empty);
        _study.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Cancel_OfARunningStep_EndsItAndWhatFollowsAndNothingElse()
    {
        var run = await StartAsync(Four, "a", "b");
        var cancelled = await _cancellation.CancelAsync(["t/a"]).WaitAsync(Patience);
        Assert.Equal((1, 0, "t/a"), (cancelled!.Running, cancelled.NotBegun, Assert.Single(cancelled.First)));
        await UntilAsync(() => File.Exists(Began("c")));
        Assert.False(run.IsCompleted);
        File.WriteAllText(Gate, string.Empty);

        Assert.Equal(ExitCodes.Failed, (await run.WaitAsync(Patience)).ExitCode);
        Assert.Equal("t/a t/after-a", _study.Of(Outcome.Cancelled));
        Assert.Equal("t/after-b t/b t/c", _study.Ran);
        Assert.Equal(FailureClass.Cancelled, _study.StepOf("t/a").Failure!.Class);
        Assert.Equal(0, _study.Run(Four).ExitCode);
        Assert.Equal("t/a t/after-a", _study.Ran);
    }

    [Fact]
    public async Task Cancel_OfStepsThatHaveNotBegun_LetsThemNotBegin()
    {
        var run = await StartAsync(Four, "a", "b");
        var cancelled = await _cancellation.CancelAsync(["t/c", "'t/after-*'"]).WaitAsync(Patience);
        Assert.Equal((0, 3), (cancelled!.Running, cancelled.NotBegun));
        File.WriteAllText(Gate, string.Empty);

        Assert.Equal(ExitCodes.Failed, (await run.WaitAsync(Patience)).ExitCode);
        Assert.Equal("t/after-a t/after-b t/c", _study.Of(Outcome.Cancelled));
        Assert.Equal("t/a t/b", _study.Ran);
        Assert.False(File.Exists(Began("c")));
    }

    [Fact]
    public async Task Cancel_OfAStepThatWaitsToBeTriedAgain_EndsItsPause()
    {
        static void Failing(StepBuilder steps) => steps.Shell("a", "exit 3").Output("a.txt").Retries(5, "5m");
        var run = Start(Failing);
        await UntilAsync(() => Told<RunEvent.StepRetrying>());
        Assert.Equal(1, (await _cancellation.CancelAsync(["t"]).WaitAsync(Patience))!.Running);
        await run.WaitAsync(Patience);
        Assert.Equal("t/a", _study.Of(Outcome.Cancelled));
    }

    [Fact]
    public async Task Cancel_OfAStepThatHadFailedAlready_LetsItWaitForNoOtherTry()
    {
        _launcher = new Deaf();
        var run = await StartAsync(steps => steps.Shell("a", $"{Waiting("a")}; exit 3").Output("a.txt").Retries(5, "5m"), "a");
        Assert.Equal(1, (await _cancellation.CancelAsync(["t/a"]).WaitAsync(Patience))!.Running);
        File.WriteAllText(Gate, string.Empty);
        Assert.Equal(ExitCodes.Failed, (await run.WaitAsync(Patience)).ExitCode);
        Assert.Equal((FailureClass.ToolError, 3), (_study.StepOf("t/a").Failure!.Class, _study.StepOf("t/a").Failure!.ExitCode));
    }

    [Fact]
    public async Task Cancel_OfAStepThatAnotherMakesToo_LetsTheOtherGoOn()
    {
        void Equal(StepBuilder steps)
        {
            steps.Shell("one", Waiting("same")).Output("same.txt");
            steps.Shell("two", Waiting("same")).Output("same.txt");
        }

        var run = await StartAsync(Equal, "same");
        var one = await _cancellation.CancelAsync(["t/one"]).WaitAsync(Patience);
        File.WriteAllText(Gate, string.Empty);
        await run.WaitAsync(Patience);
        Assert.Equal(1, one!.Running + one.NotBegun);
        Assert.Equal("t/one", _study.Of(Outcome.Cancelled));
        Assert.Equal("t/two", _study.Ran);
    }

    [Fact]
    public async Task Cancel_OfWhatIsDoneOrUnknown_SaysThatThereIsNone()
    {
        Assert.Null(await _cancellation.CancelAsync(["*"]));
        var run = await StartAsync(Four, "a", "b");
        var none = await _cancellation.CancelAsync(["t/nothing", "other/*"]).WaitAsync(Patience);
        Assert.Equal((0, 0), (none!.Running, none.NotBegun));
        File.WriteAllText(Gate, string.Empty);
        Assert.Equal(ExitCodes.Done, (await run.WaitAsync(Patience)).ExitCode);
        Assert.Null(await _cancellation.CancelAsync(["*"]));
    }

    private string Began(string name) => Path.Combine(_folder.FullName, $"began-{name}");

    private string Waiting(string name) => $"echo > {Began(name)}; while [ ! -e {Gate} ]; do sleep 0.02; done; echo {name} > {name}.txt";

    /// <summary>Two that run, one that waits for room, and two that follow.</summary>
    private void Four(StepBuilder steps)
    {
        foreach (var name in new[] { "a", "b" })
        {
            var step = steps.Shell(name, Waiting(name)).Output($"{name}.txt");
            steps.Shell($"after-{name}", $"cat {name}.txt > out").Input($"{name}.txt", step.File($"{name}.txt")).Output("out");
        }

        steps.Shell("c", Waiting("c")).Output("c.txt");
    }

    private Task<RunReport> Start(Action<StepBuilder> define)
    {
        _study.Ports = ports => ports with { StepCancellation = _cancellation };
        _study.ForgetEvents();
        return Task.Factory.StartNew(() => _study.Run(define, launcher: _launcher), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private async Task<Task<RunReport>> StartAsync(Action<StepBuilder> define, params string[] running)
    {
        var run = Start(define);
        await UntilAsync(() => run.IsCompleted || Array.TrueForAll(running, name => File.Exists(Began(name))));
        Assert.False(run.IsCompleted, run.IsCompleted ? $"{run.Exception} {string.Join(' ', _study.Last?.Summary.Steps.Select(step => $"{step.Id} {step.Outcome} {step.Failure?.Message}") ?? [])}" : null);
        return run;
    }

    private bool Told<T>()
        where T : RunEvent
    {
        lock (_study.Events)
        {
            return _study.Events.OfType<T>().Any();
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>For it, a cancellation always comes too late.</summary>
    private sealed class Deaf : ILauncher
    {
        private readonly LocalLauncher _inner = new();

        public string Name => _inner.Name;

        public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation) => _inner.RunAsync(request, onLine, CancellationToken.None);

        public int Reap(string workDirectory) => _inner.Reap(workDirectory);
    }
}
