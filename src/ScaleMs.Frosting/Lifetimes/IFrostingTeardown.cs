using Cake.Core;

namespace Cake.Frosting;

/// <summary>Work done once, after the last task.</summary>
public interface IFrostingTeardown
{
    /// <summary>Ends the run after its last task, also when the setup or a task failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the run went.</param>
    void Teardown(ICakeContext context, ITeardownContext info);
}
