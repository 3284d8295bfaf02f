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

    /// <summary>Whether somebody is to be called where a step task begins to run something, and where it ends.</summary>
    internal bool HasTaskLifetime =>
        _actions.TaskSetup is not null || _actions.TaskTeardown is not null || BeforeTaskSetup is not null || AfterTaskSetup is not null || BeforeTaskTeardown is not null || AfterTaskTeardown is not null;

    internal ICakeLog Log => _log;
}
