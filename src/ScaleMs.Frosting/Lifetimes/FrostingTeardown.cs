using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class for work after the last task that needs no context of its own.</summary>
public abstract class FrostingTeardown : FrostingTeardown<ICakeContext>
{
}

/// <summary>Base class for work after the last task with a custom context.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
public abstract class FrostingTeardown<TContext> : IFrostingTeardown
    where TContext : ICakeContext
{
    /// <summary>Ends the run after its last task, also when the setup or a task failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the run went.</param>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Teardown((TContext)context, info);
    }
}
