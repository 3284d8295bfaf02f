using System.Globalization;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>Calls of functions in processes of their own: what such a process is given, and what it leaves behind.</summary>
internal sealed class FunctionCalls(IDisk disk, IFunctionRunner functions)
{
    /// <summary>Whether an attempt at a step was a call inside this process.</summary>
    public bool IsHere(string attempt, StepInstance step) => step.Operation is Operation.Function && disk.Stat(CallFile(attempt)) is null;

    /// <summary>Writes the call file.</summary>
    /// <param name="step">A function step.</param>
    /// <param name="attempt">The attempt's directory.</param>
    /// <returns>What to launch; null when the function is called in this process.</returns>
    public FunctionLaunch? Prepare(StepInstance step, string attempt)
    {
        var call = functions.LaunchOf(step, CallFile(attempt));
        if (call is not null)
        {
            disk.WriteText(CallFile(attempt), call.Text);
        }

        return call;
    }

    /// <summary>The end of a function's process with what the function itself says of it: an exit code tells little, and 0 not that it returned.</summary>
    public LaunchResult Explained(LaunchResult ended, StepInstance step, string attempt)
    {
        var file = Path.Combine(attempt, FunctionLaunch.OutcomeFile);
        var outcome = ended.End == LaunchEnd.Exited && disk.Stat(file) is { IsFile: true } ? disk.ReadText(file) : string.Empty;
        return ended.End != LaunchEnd.Exited || (ended.ExitCode == 0 && outcome == FunctionLaunch.Returned)
            ? ended
            : ended with { Message = outcome.Length > 0 && outcome != FunctionLaunch.Returned ? outcome : EndOf(ended.ExitCode, ((Operation.Function)step.Operation).Name) };
    }

    private static string EndOf(int code, string function) => code > 128
        ? string.Create(CultureInfo.InvariantCulture, $"the process of '{function}' was ended by signal {code - 128}")
        : string.Create(CultureInfo.InvariantCulture, $"'{function}' ended its process with exit code {code} instead of returning");

    private static string CallFile(string attempt) => Path.Combine(attempt, FunctionLaunch.CallFile);
}
