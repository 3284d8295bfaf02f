using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs;

/// <summary>One run of targets: what all that take part in it share.</summary>
internal sealed class TargetRun(ScaleMsEngine engine, ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings)
{
    // Tasks of a run may overlap; what the build does before and after each of them does not. A run that such a handler starts has a lock of its own: the handler may wait for it.
    private readonly Lock _taskLifetime = new();
    private Exception? _failure;

    public ScaleMsEngine Engine => engine;

    public ICakeContext Context => context;

    public IExecutionStrategy Strategy => strategy;

    public IReadOnlyList<string> Targets { get; } = [.. settings.Targets];

    /// <summary>Whether only the targets themselves run.</summary>
    public bool IsExclusive => settings.Exclusive;

    /// <summary>Cake's setting for a run of several targets as it once was: each target's tasks for themselves, those that they share again.</summary>
    public bool IsEachForItself => Targets.Count > 1 && !settings.UnifiedDependencyGraphForMultipleTargets;

    /// <summary>The build server that the process runs on; null for none that shows more than lines.</summary>
    public IBuildServer? Server { get; } = BuildServer.Of(context);

    /// <summary>What the first plain task threw that failed.</summary>
    public Exception? Failure => _failure;

    /// <summary>Calls what the build does before a task.</summary>
    public void SetUp(CakeTask task, bool skipped)
    {
        using var alone = _taskLifetime.EnterScope();
        engine.PerformTaskSetup(context, strategy, task, skipped);
    }

    /// <summary>Calls what the build does after a task.</summary>
    public void TearDown(CakeTask task, TimeSpan duration, bool skipped, Exception? thrown)
    {
        using var alone = _taskLifetime.EnterScope();
        engine.PerformTaskTeardown(context, strategy, task, duration, skipped, thrown);
    }

    /// <summary>Takes down that a plain task failed. The first one's error is the run's, so the host tells it with its stack where that much is asked for; of others that is done here.</summary>
    public void Fail(CakeTask task, Exception exception)
    {
        var isFirst = Interlocked.CompareExchange(ref _failure, exception, null) is null;
        context.Log.Error("Task '{0}' failed: {1}", task.Name, isFirst || context.Log.Verbosity < Verbosity.Diagnostic ? exception.Message : exception);
    }
}
