using Cake.Core;

namespace Cake.Frosting;

/// <summary>Work done before every task.</summary>
public interface IFrostingTaskSetup
{
    /// <summary>Prepares each task before it runs; when it throws, the task does not run but its teardown does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">The task about to run.</param>
    void Setup(ICakeContext context, ITaskSetupContext info);
}
