using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class for work before every task that needs no context of its own.</summary>
public abstract class FrostingTaskSetup : FrostingTaskSetup<ICakeContext>
{
}

/// <summary>Base class for work before every task with a custom context.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
public abstract class FrostingTaskSetup<TContext> : IFrostingTaskSetup
    where TContext : ICakeContext
{
    /// <summary>Prepares each task before it runs; when it throws, the task does not run but its teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task about to run.</param>
    public abstract void Setup(TContext context, ITaskSetupContext info);

    void IFrostingTaskSetup.Setup(ICakeContext context, ITaskSetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Setup((TContext)context, info);
    }
}
