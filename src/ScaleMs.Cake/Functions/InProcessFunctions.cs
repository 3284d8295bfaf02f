using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>Calls function steps in this process; the working directory is never changed.</summary>
internal sealed class InProcessFunctions : IFunctionRunner
{
    public FunctionLaunch? LaunchOf(StepInstance step, string callFile) => null;

    public Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation) => Task.Run(() => Call(step, directory, logFile, cancellation), CancellationToken.None);

    private static string? Call(StepInstance step, string directory, string logFile, CancellationToken cancellation)
    {
        var function = (Operation.Function)step.Operation;
        try
        {
            new FunctionCall(FunctionOperation.Find(function), new Dictionary<string, string>(function.Arguments, StringComparer.Ordinal), directory, () => cancellation).Invoke();
            return null;
        }
        catch (Exception exception)
        {
            // Whatever a user's function throws is the step's failure.
            var thrown = ThrownText.Of(function.Name, exception);
            File.WriteAllText(logFile, thrown.Whole);
            return thrown.Line;
        }
    }
}
