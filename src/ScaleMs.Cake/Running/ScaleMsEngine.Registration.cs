using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs;

/// <content>Setup and teardown actions and events, kept as Cake keeps them.</content>
public sealed partial class ScaleMsEngine
{
    /// <inheritdoc/>
    public event EventHandler<BeforeSetupEventArgs>? BeforeSetup;

    /// <inheritdoc/>
    public event EventHandler<AfterSetupEventArgs>? AfterSetup;

    /// <inheritdoc/>
    public event EventHandler<BeforeTeardownEventArgs>? BeforeTeardown;

    /// <inheritdoc/>
    public event EventHandler<AfterTeardownEventArgs>? AfterTeardown;

    /// <inheritdoc/>
    public event EventHandler<BeforeTaskSetupEventArgs>? BeforeTaskSetup;

    /// <inheritdoc/>
    public event EventHandler<AfterTaskSetupEventArgs>? AfterTaskSetup;

    /// <inheritdoc/>
    public event EventHandler<BeforeTaskTeardownEventArgs>? BeforeTaskTeardown;

    /// <inheritdoc/>
    public event EventHandler<AfterTaskTeardownEventArgs>? AfterTaskTeardown;

    /// <inheritdoc/>
    public void RegisterSetupAction(Action<ISetupContext> action) => _actions.RegisterSetup(action);

    /// <inheritdoc/>
    public void RegisterSetupAction<TData>(Func<ISetupContext, TData> action)
        where TData : class => _actions.RegisterSetup(action);

    /// <inheritdoc/>
    public void RegisterTeardownAction(Action<ITeardownContext> action) => _actions.RegisterTeardown(action);

    /// <inheritdoc/>
    public void RegisterTeardownAction<TData>(Action<ITeardownContext, TData> action)
        where TData : class => _actions.RegisterTeardown(action);

    /// <inheritdoc/>
    public void RegisterTaskSetupAction(Action<ITaskSetupContext> action) => _actions.RegisterTaskSetup(action);

    /// <inheritdoc/>
    public void RegisterTaskSetupAction<TData>(Action<ITaskSetupContext, TData> action)
        where TData : class => _actions.RegisterTaskSetup(action);

    /// <inheritdoc/>
    public void RegisterTaskTeardownAction(Action<ITaskTeardownContext> action) => _actions.RegisterTaskTeardown(action);

    /// <inheritdoc/>
    public void RegisterTaskTeardownAction<TData>(Action<ITaskTeardownContext, TData> action)
        where TData : class => _actions.RegisterTaskTeardown(action);

    internal CakeEngineActions Actions => _actions;

    /// <summary>Whether somebody is to be called at each run, whatever there is to do.</summary>
    internal bool HasLifetime =>
        _actions.Setups.Count > 0 || _actions.Teardowns.Count > 0 || BeforeSetup is not null || AfterSetup is not null || BeforeTeardown is not null || AfterTeardown is not null;

    internal ICakeLog Log => _log;

    internal void PerformSetup(ICakeContext context, IExecutionStrategy strategy, ICakeTaskInfo target, IReadOnlyList<CakeTask> order)
    {
        var setup = new SetupContext(context, target, order);
        BeforeSetup?.Invoke(this, new BeforeSetupEventArgs(setup));
        foreach (var action in _actions.Setups)
        {
            strategy.PerformSetup(action, setup);
        }

        AfterSetup?.Invoke(this, new AfterSetupEventArgs(setup));
    }

    internal void PerformTeardown(ICakeContext context, IExecutionStrategy strategy, Exception? thrown)
    {
        var teardown = new TeardownContext(context, thrown);
        BeforeTeardown?.Invoke(this, new BeforeTeardownEventArgs(teardown));
        var failures = new List<Exception>();
        foreach (var action in _actions.Teardowns)
        {
            try
            {
                strategy.PerformTeardown(action, teardown);
            }
            catch (Exception exception)
            {
                // Every teardown gets its turn; what the run itself threw is the one to tell.
                _log.Error("Teardown error: {0}", exception.Message);
                failures.Add(exception);
            }
        }

        AfterTeardown?.Invoke(this, new AfterTeardownEventArgs(teardown));
        if (thrown is null && failures.Count > 0)
        {
            throw failures.Count == 1 ? failures[0] : new AggregateException("Several teardown actions failed.", failures);
        }
    }

    internal void PerformTaskSetup(ICakeContext context, IExecutionStrategy strategy, CakeTask task)
    {
        var setup = new TaskSetupContext(context, task);
        BeforeTaskSetup?.Invoke(this, new BeforeTaskSetupEventArgs(setup));
        if (_actions.TaskSetup is not null)
        {
            strategy.PerformTaskSetup(_actions.TaskSetup, setup);
        }

        AfterTaskSetup?.Invoke(this, new AfterTaskSetupEventArgs(setup));
    }

    internal void PerformTaskTeardown(ICakeContext context, IExecutionStrategy strategy, CakeTask task, TimeSpan duration, bool skipped, Exception? thrown)
    {
        var teardown = new TaskTeardownContext(context, task, duration, skipped, thrown);
        BeforeTaskTeardown?.Invoke(this, new BeforeTaskTeardownEventArgs(teardown));
        if (_actions.TaskTeardown is not null)
        {
            strategy.PerformTaskTeardown(_actions.TaskTeardown, teardown);
        }

        AfterTaskTeardown?.Invoke(this, new AfterTaskTeardownEventArgs(teardown));
    }
}
