using System.Text.Json;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Functions;

namespace ScaleMs;

/// <content>Steps that call a static C# method.</content>
public sealed partial class Step
{
    /// <summary>Makes the step call a static method; its key holds a digest of the code that the method reaches.</summary>
    /// <param name="method">A static method that reads its inputs and writes its outputs through <see cref="StepFiles"/>.</param>
    /// <returns>This step.</returns>
    public Step Call(Action<StepFiles> method) => SetFunction(method, () => []);

    /// <summary>Makes the step call a static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="TArguments">A record or class that System.Text.Json writes and reads back.</typeparam>
    /// <param name="method">A static method that reads its inputs and writes its outputs through <see cref="StepFiles"/>.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>This step.</returns>
    public Step Call<TArguments>(Action<StepFiles, TArguments> method, TArguments arguments)
        where TArguments : notnull => SetFunction(method, () => Properties(method.Method.GetParameters()[^1].Name!, arguments, typeof(TArguments)));

    /// <summary>Makes the step call an asynchronous static method; the step is done when its task is.</summary>
    /// <param name="method">A static method that reads its inputs and writes its outputs through <see cref="StepFiles"/>.</param>
    /// <returns>This step.</returns>
    public Step Call(Func<StepFiles, Task> method) => SetFunction(method, () => []);

    /// <summary>Makes the step call an asynchronous static method with arguments; their values are in the key, by name.</summary>
    /// <typeparam name="TArguments">A record or class that System.Text.Json writes and reads back.</typeparam>
    /// <param name="method">A static method that reads its inputs and writes its outputs through <see cref="StepFiles"/>; the step is done when its task is.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>This step.</returns>
    public Step Call<TArguments>(Func<StepFiles, TArguments, Task> method, TArguments arguments)
        where TArguments : notnull => SetFunction(method, () => Properties(method.Method.GetParameters()[^1].Name!, arguments, typeof(TArguments)));

    /// <summary>
    /// Calls the function inside the host instead of in a process of its own. That spares the start of a process, some 50 to 70 ms, but a
    /// function that crashes takes the run with it, and time limits do not end it. Not in the key.
    /// </summary>
    /// <returns>This step.</returns>
    public Step InProcess() => CalledIn(CallPlace.Host);

    /// <summary>
    /// Lets the function be called in a process that has made such calls before and makes more after it, one at a time. That spares nearly the whole start, and a
    /// crash, time limits and Ctrl-C end that process alone. What a call leaves in static fields is seen by later ones: you promise that no result depends on it, and
    /// that nothing of a call goes on when it has returned. A step with secrets has a process of its own all the same. Not in the key.
    /// </summary>
    /// <returns>This step.</returns>
    public Step InPersistentWorker() => CalledIn(CallPlace.PersistentWorker);

    internal void PublishResult(string path)
    {
        var index = 0;
        while (_outputs[index].Path.Value != FunctionJson.ResultFile)
        {
            index++;
        }

        _outputs.Replace(index, _outputs[index] with { PublishTo = Path(path) });
    }

    private Step CalledIn(CallPlace place)
    {
        _callPlace = place;
        return this;
    }

    /// <summary>A result handle for a function that returns something.</summary>
    private Result<TResult> Returning<TResult>(Delegate method, params object?[] arguments)
    {
        With(method, arguments);
        Output(FunctionJson.ResultFile);
        return new Result<TResult>(this);
    }

    /// <summary>A function with arguments of its own, by position.</summary>
    private Step With(Delegate method, params object?[] arguments) => SetFunction(method, () =>
    {
        if (FunctionCall.ResultOf(method.Method) is { } result)
        {
            FunctionJson.CheckResult(result);
        }

        _keepsState |= FunctionCall.KeepsState(method.Method);
        return [.. method.Method.GetParameters()
            .Select((parameter, index) => (parameter, index))
            .Where(pair => !FunctionCall.IsGiven(pair.parameter.ParameterType))
            .Select(pair => KeyValuePair.Create(pair.parameter.Name!, FunctionJson.Write(this, pair.parameter.Name!, arguments[pair.index], pair.parameter.ParameterType)))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
    });

    private List<KeyValuePair<string, string>> Properties(string parameter, object arguments, Type type)
    {
        using var whole = JsonDocument.Parse(FunctionJson.Write(this, parameter, arguments, type));
        return whole.RootElement.ValueKind == JsonValueKind.Object
            ? whole.RootElement.EnumerateObject()
                .Select(property => KeyValuePair.Create(property.Name, property.Value.GetRawText()))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .ToList()
            : throw new FunctionIdentityException(new FunctionProblem($"its argument '{parameter}', a '{type.Name}', has no properties", "pass a record whose properties are the values"));
    }

    private Step SetFunction(Delegate method, Func<List<KeyValuePair<string, string>>> arguments)
    {
        ArgumentNullException.ThrowIfNull(method);
        try
        {
            _function = FunctionOperation.ProblemOf(method) is { } problem
                ? throw new FunctionIdentityException(problem)
                : FunctionOperation.Of(method.Method, arguments(), _collector.Code);
        }
        catch (FunctionIdentityException exception)
        {
            _collector.Report(new Fault("SMS1018", FaultKind.Definition, $"the function of step '{Id}' cannot be one: {exception.Problem.What}", _where, exception.Problem.Try));
            _function = new Operation.Function(method.Method.Name, method.Method.Name, string.Empty, [], []);
        }

        return this;
    }
}
