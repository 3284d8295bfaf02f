using System.Text.Json;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <content>Steps that call a static C# method.</content>
public sealed partial class Step
{
    /// <summary>Makes the step call a static method; its key holds a digest of the code that the method reaches.</summary>
    /// <param name="method">A static method that reads its inputs and writes its outputs through <see cref="StepFiles"/>.</param>
    /// <returns>This step.</returns>
    public Step Call(Action<StepFiles> method) => SetFunction(method, []);

    /// <summary>Makes the step call a static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="TArguments">A record or class that System.Text.Json writes and reads back.</typeparam>
    /// <param name="method">A static method that reads its inputs and writes its outputs through <see cref="StepFiles"/>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>This step.</returns>
    public Step Call<TArguments>(Action<StepFiles, TArguments> method, TArguments arguments)
        where TArguments : notnull => SetFunction(method, ArgumentsOf(arguments));

    private static List<KeyValuePair<string, string>> ArgumentsOf<TArguments>(TArguments arguments) =>
        JsonSerializer.SerializeToElement(arguments).EnumerateObject()
            .Select(property => KeyValuePair.Create(property.Name, property.Value.GetRawText()))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();

    private Step SetFunction(Delegate method, List<KeyValuePair<string, string>> arguments)
    {
        ArgumentNullException.ThrowIfNull(method);
        if (FunctionOperation.ProblemOf(method) is { } problem)
        {
            _collector.Report(new Fault("SMS1018", FaultKind.Definition, $"the function of step '{Id}' cannot be one: {problem.What}", _where, problem.Try));
            _function = new Operation.Function(method.Method.Name, method.Method.Name, string.Empty, [], []);
            return this;
        }

        _function = FunctionOperation.Of(method.Method, arguments, _collector.Code);
        return this;
    }
}
