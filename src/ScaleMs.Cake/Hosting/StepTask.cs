using Cake.Core;
using Cake.Frosting;

namespace ScaleMs;

/// <summary>A Frosting task that owns steps. It declares them; the engine decides which of them run.</summary>
/// <typeparam name="TContext">The workflow's context.</typeparam>
/// <remarks>Tasks reach each other's handles by constructor injection, which is also a dependency.</remarks>
public abstract class StepTask<TContext> : FrostingTask<TContext>, IStepTask
    where TContext : ScaleMsContext
{
    /// <summary>Declares the task's steps: a pure description, which reads only through the context.</summary>
    /// <param name="steps">Takes the steps.</param>
    /// <param name="context">The workflow's context.</param>
    public abstract void Define(StepBuilder steps, TContext context);

    /// <summary>Never called by the ScaleMs engine; called by Cake's own engine when the module is missing.</summary>
    /// <param name="context">The workflow's context.</param>
    /// <exception cref="CakeException">Always: says what is missing.</exception>
    public sealed override void Run(TContext context) => throw new CakeException(
        $"Task '{TaskNames.Of(GetType())}' has steps, which need the ScaleMs engine, but Cake's own engine is running. " +
        "Call UseScaleMs() on the host, or start the script through its build.cake so that the ScaleMs module is loaded.");

    void IStepTask.Define(StepBuilder steps, ScaleMsContext context) => Define(steps, (TContext)context);
}

/// <summary>What the engine sees of a step task.</summary>
internal interface IStepTask
{
    /// <summary>Declares the steps.</summary>
    void Define(StepBuilder steps, ScaleMsContext context);
}
