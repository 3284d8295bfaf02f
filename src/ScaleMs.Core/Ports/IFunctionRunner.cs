using ScaleMs.Core.Model;

namespace ScaleMs.Core.Ports;

/// <summary>Calls function steps.</summary>
public interface IFunctionRunner
{
    /// <summary>Calls the method of a function step.</summary>
    /// <param name="step">The instance; its operation is a function.</param>
    /// <param name="directory">The private directory: inputs are there, outputs are to be written there.</param>
    /// <param name="logFile">Takes what went wrong.</param>
    /// <param name="cancellation">Passed to the method where it takes a token.</param>
    /// <returns>Null on success, else the message of the exception.</returns>
    Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation);
}
