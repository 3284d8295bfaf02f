using Cake.Core;

namespace ScaleMs.Conformance.Tests;

/// <summary>Cake's own strategy; each call is recorded before it is made.</summary>
internal sealed class RecordedStrategy(Recording recording, IExecutionStrategy strategy) : IExecutionStrategy
{
    public void PerformSetup(Action<ISetupContext> action, ISetupContext context)
    {
        recording.Add($"call PerformSetup target {context.TargetTask?.Name}, tasks {string.Join(',', context.TasksToExecute.Select(task => task.Name))}");
        strategy.PerformSetup(action, context);
    }

    public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext)
    {
        recording.Add($"call PerformTeardown {teardownContext.Successful} {Recording.Told(teardownContext.ThrownException)}");
        strategy.PerformTeardown(action, teardownContext);
    }

    public Task ExecuteAsync(CakeTask task, ICakeContext context)
    {
        recording.Add($"call Execute {task.Name}");
        return strategy.ExecuteAsync(task, context);
    }

    public void Skip(CakeTask task, CakeTaskCriteria criteria)
    {
        recording.Add($"call Skip {task.Name} '{criteria.Message}' {criteria.CausedSkippingOfTask}");
        strategy.Skip(task, criteria);
    }

    public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception)
    {
        recording.Add($"call ReportErrors {Recording.Told(exception)}");
        return strategy.ReportErrorsAsync(action, exception);
    }

    public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context)
    {
        recording.Add($"call HandleErrors {Recording.Told(exception)}");
        return strategy.HandleErrorsAsync(action, exception, context);
    }

    public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context)
    {
        recording.Add("call InvokeFinally");
        return strategy.InvokeFinallyAsync(action, context);
    }

    public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext)
    {
        recording.Add($"call PerformTaskSetup {taskSetupContext.Task.Name}");
        strategy.PerformTaskSetup(action, taskSetupContext);
    }

    public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext)
    {
        recording.Add($"call PerformTaskTeardown {RecordedEvents.Told(taskTeardownContext)}");
        strategy.PerformTaskTeardown(action, taskTeardownContext);
    }
}
