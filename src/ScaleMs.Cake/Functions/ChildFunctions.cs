using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>Calls function steps in processes of their own: what such a process does to itself ends the step and not the host.</summary>
internal sealed class ChildFunctions : IFunctionRunner
{
    private readonly InProcessFunctions _here = new();
    private readonly Lazy<IReadOnlyDictionary<string, string>> _environment = new(HostProgram.Environment);

    public FunctionLaunch? LaunchOf(StepInstance step, string callFile)
    {
        var function = (Operation.Function)step.Operation;
        return function.IsInProcess ? null : new FunctionLaunch(CallText.Of(function).Write(), HostProgram.Command(callFile), _environment.Value);
    }

    public Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation) =>
        _here.CallAsync(step, directory, logFile, cancellation);
}
