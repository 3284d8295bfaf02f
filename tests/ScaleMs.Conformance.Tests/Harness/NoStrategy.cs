using Cake.Core;

namespace ScaleMs.Conformance.Tests;

/// <summary>Runs no task, only counts: what is left is the engine's own work.</summary>
internal sealed class NoStrategy : IExecutionStrategy
{
    /// <summary>How many tasks were to be executed.</summary>
    public int Tasks { get; private set; }

    public Task ExecuteAsync(CakeTask task, ICakeContext context)
    {
        Tasks++;
        return Task.CompletedTask;
    }

    public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => action(context);

    public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) => action(teardownContext);

    public void Skip(CakeTask task, CakeTaskCriteria criteria)
    {
    }

    public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => action(exception);

    public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context) => action(exception, context);

    public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) => action(context);

    public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) => action(taskSetupContext);

    public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext) => action(taskTeardownContext);
}
