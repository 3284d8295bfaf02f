using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class of a task that needs no context of its own.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>
{
}

/// <summary>Base class of a task that works with a custom context.</summary>
/// <typeparam name="T">The type of the context.</typeparam>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the task's work; a task that does not override it only orders its dependencies.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Run(T context)
    {
    }

    /// <summary>Tells whether the task has work to do; <c>true</c> unless overridden.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><c>false</c> to skip the task.</returns>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Handles an exception thrown by the task; once overridden, the exception goes no further by itself.</summary>
    /// <param name="exception">What the task threw.</param>
    /// <param name="context">The context of the run.</param>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Cleans up after the task, whether it succeeded or not.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Run((T)context);
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ShouldRun((T)context);
    }

    void IFrostingTask.OnError(Exception exception, ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(exception);
        ArgumentNullException.ThrowIfNull(context);
        OnError(exception, (T)context);
    }

    void IFrostingTask.Finally(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Finally((T)context);
    }
}
