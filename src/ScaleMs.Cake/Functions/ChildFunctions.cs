using System.Collections.Concurrent;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>Calls function steps in processes of their own: what such a process does to itself ends the step and not the host.</summary>
internal sealed class ChildFunctions : IFunctionRunner
{
    private readonly InProcessFunctions _here = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _folders = new(StringComparer.Ordinal);
    private readonly Lazy<IReadOnlyDictionary<string, string>> _environment = new(HostProgram.Environment);

    public FunctionLaunch? LaunchOf(StepInstance step, string callFile)
    {
        var function = (Operation.Function)step.Operation;
        return function.Place == CallPlace.Host ? null : LaunchOf(CallText.Of(function), callFile) with
        {
            Worker = function.Place == CallPlace.PersistentWorker ? HostProgram.Worker() : null,
        };
    }

    private FunctionLaunch LaunchOf(CallText call, string callFile)
    {
        var environment = new Dictionary<string, string>(_environment.Value, StringComparer.Ordinal) { [HostProgram.AssemblyVariable] = call.Assembly };
        var folders = _folders.GetOrAdd(call.Assembly, HostProgram.Folders);
        return new FunctionLaunch(call.Write(), HostProgram.Command(callFile), environment) { Folders = folders };
    }

    public Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation) =>
        _here.CallAsync(step, directory, logFile, cancellation);
}
