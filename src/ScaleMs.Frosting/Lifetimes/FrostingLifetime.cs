using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class for work before the first and after the last task that needs no context of its own.</summary>
public abstract class FrostingLifetime : FrostingLifetime<ICakeContext>
{
}

/// <summary>Base class for work before the first and after the last task with a custom context.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
public abstract class FrostingLifetime<TContext> : IFrostingLifetime
    where TContext : ICakeContext
{
    /// <summary>Prepares the run before its first task; when it throws, no task runs but the teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What is about to run.</param>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <summary>Ends the run after its last task, also when the setup or a task failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the run went.</param>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Setup((TContext)context, info);
    }

    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Teardown((TContext)context, info);
    }
}
