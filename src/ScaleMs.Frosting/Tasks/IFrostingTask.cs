using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task of the build; derive from <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/> to write one.</summary>
public interface IFrostingTask
{
    /// <summary>Does the task's work.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns>The work in progress.</returns>
    Task RunAsync(ICakeContext context);

    /// <summary>Tells whether the task has work to do.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><c>false</c> to skip the task.</returns>
    bool ShouldRun(ICakeContext context);

    /// <summary>What the report says when <see cref="ShouldRun"/> answered <c>false</c>; empty unless overridden.</summary>
    string SkippedMessage => string.Empty;

    /// <summary>Handles an exception thrown by the task.</summary>
    /// <param name="exception">What the task threw.</param>
    /// <param name="context">The context of the run.</param>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Cleans up after the task, whether it succeeded or not.</summary>
    /// <param name="context">The context of the run.</param>
    void Finally(ICakeContext context);
}
