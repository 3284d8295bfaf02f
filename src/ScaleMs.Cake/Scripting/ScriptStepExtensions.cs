using Cake.Core;

namespace ScaleMs.Scripting;

/// <summary>What steps of a <c>.cake</c> script can say besides: Cake's own words for the task, and short forms.</summary>
public static class ScriptStepExtensions
{
    /// <summary>The step's task runs after another one, a plain task or one with steps.</summary>
    /// <param name="step">The step.</param>
    /// <param name="task">The name of the other task.</param>
    /// <returns>The step.</returns>
    public static Step IsDependentOn(this Step step, string task)
    {
        Of(step).DependOn(task);
        return step;
    }

    /// <summary>The steps' task runs after another one, a plain task or one with steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="task">The name of the other task.</param>
    /// <returns>The steps.</returns>
    public static StepBuilder IsDependentOn(this StepBuilder steps, string task)
    {
        Of(steps).DependOn(task);
        return steps;
    }

    /// <summary>The task runs after that of a step.</summary>
    /// <param name="task">The task.</param>
    /// <param name="step">The step.</param>
    /// <returns>The task.</returns>
    public static CakeTaskBuilder IsDependentOn(this CakeTaskBuilder task, Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return task.IsDependentOn(step.Id.Task);
    }

    /// <summary>Another task runs after the step's.</summary>
    /// <param name="step">The step.</param>
    /// <param name="task">The name of the other task.</param>
    /// <returns>The step.</returns>
    public static Step IsDependeeOf(this Step step, string task)
    {
        Of(step).IsDependeeOf(task);
        return step;
    }

    /// <summary>The step's task is skipped unless a condition holds when the run is planned.</summary>
    /// <param name="step">The step.</param>
    /// <param name="criteria">The condition.</param>
    /// <param name="message">What is told when it does not hold; null for Cake's own words.</param>
    /// <returns>The step.</returns>
    public static Step WithCriteria(this Step step, bool criteria, string? message = null) => step.WithCriteria(() => criteria, message);

    /// <summary>The step's task is skipped unless a condition holds when the run is planned.</summary>
    /// <param name="step">The step.</param>
    /// <param name="criteria">The condition.</param>
    /// <param name="message">What is told when it does not hold; null for Cake's own words.</param>
    /// <returns>The step.</returns>
    public static Step WithCriteria(this Step step, Func<bool> criteria, string? message = null)
    {
        Require(Of(step), criteria, message);
        return step;
    }

    /// <summary>Another task runs after the steps' one.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="task">The name of the other task.</param>
    /// <returns>The steps.</returns>
    public static StepBuilder IsDependeeOf(this StepBuilder steps, string task)
    {
        Of(steps).IsDependeeOf(task);
        return steps;
    }

    /// <summary>The steps' task is skipped unless a condition holds when the run is planned.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="criteria">The condition.</param>
    /// <param name="message">What is told when it does not hold; null for Cake's own words.</param>
    /// <returns>The steps.</returns>
    public static StepBuilder WithCriteria(this StepBuilder steps, Func<bool> criteria, string? message = null)
    {
        Require(Of(steps), criteria, message);
        return steps;
    }

    /// <summary>Says what the step's task is for, as <c>--description</c> lists it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="description">One sentence.</param>
    /// <returns>The step.</returns>
    public static Step Description(this Step step, string description)
    {
        Of(step).Description(description);
        return step;
    }

    /// <summary>Says what the steps' task is for, as <c>--description</c> lists it.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="description">One sentence.</param>
    /// <returns>The steps.</returns>
    public static StepBuilder Description(this StepBuilder steps, string description)
    {
        Of(steps).Description(description);
        return steps;
    }

    private static void Require(CakeTaskBuilder cake, Func<bool> criteria, string? message)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        _ = message is null ? cake.WithCriteria(criteria) : cake.WithCriteria(criteria, message);
    }

    private static CakeTaskBuilder Of(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Script.Cake;
    }

    private static CakeTaskBuilder Of(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.Script.Cake;
    }

    /// <summary>Each member of a task may say it; Cake takes a dependency once.</summary>
    private static void DependOn(this CakeTaskBuilder cake, string task)
    {
        if (!cake.Task.Dependencies.Any(known => string.Equals(known.Name, task, StringComparison.OrdinalIgnoreCase)))
        {
            cake.IsDependentOn(task);
        }
    }
}
