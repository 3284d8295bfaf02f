using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base class for work before the first task that needs no context of its own.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>
{
}

/// <summary>Base class for work before the first task with a custom context.</summary>
/// <typeparam name="TContext">The type of the context.</typeparam>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    /// <summary>Prepares the run before its first task; when it throws, no task runs but the teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What is about to run.</param>
    public abstract void Setup(TContext context, ISetupContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(info);
        Setup((TContext)context, info);
    }
}
