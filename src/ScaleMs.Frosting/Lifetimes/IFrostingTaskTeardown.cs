using Cake.Core;

namespace Cake.Frosting;

/// <summary>Work done after every task.</summary>
public interface IFrostingTaskTeardown
{
    /// <summary>Ends each task after it ran, also when its setup or the task itself failed.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">How the task went.</param>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
