using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>Calls function steps in this process; the working directory is never changed.</summary>
internal sealed class InProcessFunctions : IFunctionRunner
{
    public Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation) => Task.Run(() => Call(step, directory, logFile, cancellation), CancellationToken.None);

    private static string? Call(StepInstance step, string directory, string logFile, CancellationToken cancellation)
    {
        var function = (Operation.Function)step.Operation;
        try
        {
            var method = FunctionOperation.Find(function);
            method.Invoke(null, Arguments(method, function, new StepFiles(directory, cancellation)));
            return null;
        }
        catch (Exception exception)
        {
            // Whatever a user's function throws is the step's failure.
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            File.WriteAllText(logFile, $"{function.Name} threw {cause.GetType().Name}: {cause.Message}\n{cause.StackTrace}\n");
            return cause.Message;
        }
    }

    private static object?[] Arguments(MethodInfo method, Operation.Function function, StepFiles files)
    {
        var parameters = method.GetParameters();
        if (parameters.Length == 1)
        {
            return [files];
        }

        var values = new JsonObject(function.Arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value))));
        return [files, values.Deserialize(parameters[1].ParameterType)];
    }
}
