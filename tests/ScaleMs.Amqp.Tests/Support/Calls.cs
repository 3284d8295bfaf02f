using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Functions;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>Calls of a function of this program, as the engine launches them.</summary>
internal sealed class Calls
{
    private readonly Operation.Function _function = FunctionOperation.Of(((Delegate)Tell).Method, [KeyValuePair.Create("number", "1")], new IlDigester());
    private readonly ChildFunctions _functions = new();

    /// <summary>Says which process it is called in, and its how manieth call there.</summary>
    public static Told Tell(int number) => new(Environment.ProcessId, Interlocked.Increment(ref _calls), number);

    private static int _calls;

    /// <summary>Turns a request of a script into one of a call.</summary>
    internal LaunchRequest Of(LaunchRequest request, bool isShared)
    {
        var callFile = Path.Combine(Path.GetDirectoryName(request.Directory)!, FunctionLaunch.CallFile);
        var call = _functions.LaunchOf(Step(isShared), callFile)!;
        File.WriteAllText(callFile, call.Text);
        return request with
        {
            Commands = [call.Command],
            Worker = call.Worker,
            Environment = call.Environment.Append(KeyValuePair.Create("LC_ALL", "C")).ToDictionary(StringComparer.Ordinal),
            Folders = call.Folders,
            Outputs = [new LaunchOutput(ArtifactPath.Parse("result.json"))],
        };
    }

    private StepInstance Step(bool isShared) => new()
    {
        Id = StepId.Parse("t/f"),
        Operation = _function with { Place = isShared ? CallPlace.PersistentWorker : CallPlace.OwnProcess },
    };

    internal sealed record Told(int Process, int Calls, int Number);
}
