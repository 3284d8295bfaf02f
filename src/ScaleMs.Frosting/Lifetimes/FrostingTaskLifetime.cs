using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class for work before and after every task that needs no context of its own.</summary>
public abstract class FrostingTaskLifetime : FrostingTaskLifetime<ICakeContext>
{
}

/// <summary>Base class for work before and after every task with a custom context.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
public abstract class FrostingTaskLifetime<TContext> : IFrostingTaskLifetime
    where TContext : ICakeContext
{
    /// <summary>Prepares each task before it runs; when it throws, the task does not run but its teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task about to run.</param>
    public abstract void Setup(TContext context, ITaskSetupContext info);

    /// <summary>Ends each task after it ran, also when its setup or the task itself failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the task went.</param>
    public abstract void Teardown(TContext context, ITaskTeardownContext info);

    void IFrostingTaskSetup.Setup(ICakeContext context, ITaskSetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Setup((TContext)context, info);
    }

    void IFrostingTaskTeardown.Teardown(ICakeContext context, ITaskTeardownContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Teardown((TContext)context, info);
    }
}
