using Cake.Core;
using Cake.Frosting;

namespace ScaleMs;

/// <summary>Finds the step task behind a Cake task: Frosting and the script aliases both register the task object's own method as the action.</summary>
internal static class StepTaskOf
{
    public static IStepTask? Task(CakeTask task) => task.Actions.Select(action => action.Target switch
    {
        IStepTask step => step,
        IBoundTask bound => bound.Step,
        _ => null,
    }).FirstOrDefault(step => step is not null);

    /// <summary>The workflow context a task was bound to by a script; under Frosting it is the run's own context.</summary>
    public static ScaleMsContext? Context(CakeTask task) => task.Actions.Select(action => (action.Target as IBoundTask)?.Context).FirstOrDefault(context => context is not null);
}

/// <summary>A task of a script, which has a context of its own.</summary>
internal interface IBoundTask
{
    /// <summary>The task with steps; null for a plain one.</summary>
    IStepTask? Step { get; }

    /// <summary>Its context.</summary>
    ScaleMsContext Context { get; }
}

/// <summary>A Frosting task with the workflow's context, as a <c>.cake</c> script runs it.</summary>
internal sealed record BoundTask(IFrostingTask Task, ScaleMsContext Context) : IBoundTask
{
    public IStepTask? Step => Task as IStepTask;

    /// <summary>The action of the Cake task.</summary>
    public Task RunAsync(ICakeContext context) => Task.RunAsync(Context);
}
