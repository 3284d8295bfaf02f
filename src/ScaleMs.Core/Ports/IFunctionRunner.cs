using ScaleMs.Core.Model;

namespace ScaleMs.Core.Ports;

/// <summary>Calls function steps: in a process of their own, which a launcher starts and watches like a command, or in this one.</summary>
public interface IFunctionRunner
{
    /// <summary>Says how a function is called in a process of its own.</summary>
    /// <param name="step">The instance; its operation is a function.</param>
    /// <param name="callFile">The absolute path of the file that will hold the call's text.</param>
    /// <returns>What to launch; null when the function is called in this process.</returns>
    FunctionLaunch? LaunchOf(StepInstance step, string callFile);

    /// <summary>Calls the method of a function step in this process.</summary>
    /// <param name="step">The instance; its operation is a function.</param>
    /// <param name="directory">The private directory: inputs are there, outputs are to be written there.</param>
    /// <param name="logFile">Takes what went wrong.</param>
    /// <param name="cancellation">Passed to the method where it takes a token.</param>
    /// <returns>Null on success, else what happened.</returns>
    Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation);
}
