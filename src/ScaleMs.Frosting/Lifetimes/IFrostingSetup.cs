using Cake.Core;

namespace Cake.Frosting;

/// <summary>Work done once, before the first task.</summary>
public interface IFrostingSetup
{
    /// <summary>Prepares the run before its first task; when it throws, no task runs but the teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What is about to run.</param>
    void Setup(ICakeContext context, ISetupContext info);
}
