using Cake.Core;
using Cake.Core.Diagnostics;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Running;
using ScaleMs.Reporting;

namespace ScaleMs;

/// <summary>Cake's execution engine, replaced: plain tasks run as in Cake, steps run incrementally and in parallel.</summary>
/// <remarks>Registered by <c>UseScaleMs</c> in a Frosting host and by the module under <c>dotnet cake</c>. One run per instance.</remarks>
public sealed partial class ScaleMsEngine : ICakeEngine
{
    private readonly ICakeLog _log;
    private readonly List<CakeTask> _tasks = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly CakeEngineActions _actions;

    /// <summary>Makes the engine.</summary>
    /// <param name="data">Cake's typed setup data.</param>
    /// <param name="log">Cake's log.</param>
    public ScaleMsEngine(ICakeDataService data, ICakeLog log)
    {
        _log = log;
        _actions = new CakeEngineActions(data);
        data.Add(new ScriptSteps(this));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ICakeTaskInfo> Tasks => Connected();

    /// <inheritdoc/>
    public CakeTaskBuilder RegisterTask(string name)
    {
        if (!_names.Add(name))
        {
            throw new CakeException($"There are two tasks called '{name}': give one another name.");
        }

        var task = new CakeTask(name);
        _tasks.Add(task);
        return new CakeTaskBuilder(task);
    }

    /// <inheritdoc/>
    public async Task<CakeReport> RunTargetAsync(ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(settings);
        if (ParameterHelp.IsAsked)
        {
            ParameterHelp.Tell(Connected().Where(task => StepTaskOf.Task(task) is not null).Select(StepTaskOf.Context).Append(context as ScaleMsContext).OfType<ScaleMsContext>());
            return new CakeReport();
        }

        _actions.Validate();
        var targets = settings.Targets.ToList();
        try
        {
            var closure = new TaskClosure(Connected(), targets);
            ThrowIfAny(closure.Faults);
            return await IsDryRunAsync(strategy, context).ConfigureAwait(false)
                ? await ListAsync(context, strategy, settings, closure, targets).ConfigureAwait(false)
                : await new CakeRun(this, context, strategy, settings, closure).RunAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var code = ExitCodeOf(exception);
            ExitCodeRecord.Set(code);
            if (exception is FaultException { Faults: var faults })
            {
                BuildServer.Of(context)?.Tell(faults);
            }

            throw new CakeException(Tell(exception), exception);
        }
    }

    internal bool Knows(string task) => _names.Contains(task);

    /// <summary>A step task depends on the tasks whose handles it holds; Cake's tree is to show that too. A script may go on with a task at any time.</summary>
    private List<CakeTask> Connected()
    {
        foreach (var task in _tasks)
        {
            foreach (var name in (StepTaskOf.Task(task)?.Producers ?? []).Where(name => !task.Dependencies.Exists(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))))
            {
                task.AddDependency(name);
            }
        }

        return _tasks;
    }

    /// <summary>Cake's dry run is not in the arguments; its strategy shows by calling nothing back.</summary>
    private static async Task<bool> IsDryRunAsync(IExecutionStrategy strategy, ICakeContext context)
    {
        var wasCalled = false;
        await strategy.InvokeFinallyAsync(
            _ =>
            {
                wasCalled = true;
                return Task.CompletedTask;
            },
            context).ConfigureAwait(false);
        return !wasCalled;
    }

    private static async Task<CakeReport> ListAsync(ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings, TaskClosure closure, List<string> targets)
    {
        foreach (var task in closure.Order.Where(task => !settings.Exclusive || targets.Contains(task.Name, StringComparer.OrdinalIgnoreCase)))
        {
            await strategy.ExecuteAsync(task, context).ConfigureAwait(false);
        }

        return new CakeReport();
    }

    private static void ThrowIfAny(IReadOnlyList<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new FaultException(faults);
        }
    }

    /// <summary>Faults are printed here, each with its place and advice; Cake prints the one line that is returned.</summary>
    private static string Tell(Exception exception)
    {
        if (exception is not FaultException faults)
        {
            return exception.Message;
        }

        Print(faults);
        return faults.Faults.Count == 1 ? "Nothing was executed." : $"{faults.Faults.Count} faults; nothing was executed.";
    }

    /// <summary>Prints faults, each with its place and advice.</summary>
    internal static void Print(FaultException faults) =>
        new FaultPrinter(Console.Error, !Console.IsErrorRedirected && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"))).Print(faults);

    /// <summary>What setup, teardown and criteria throw is the user's, like a failed task.</summary>
    private static int ExitCodeOf(Exception exception) => exception switch
    {
        FaultException { Faults: var faults } => faults.Any(fault => fault.Kind == FaultKind.Definition) ? ExitCodes.Definition : ExitCodes.Usage,
        StoreInUseException => ExitCodes.StoreInUse,
        RunFailedException failed => failed.ExitCode,
        _ => ExitCodes.Failed,
    };
}

/// <summary>The run failed in a way that was already told; carries the exit code.</summary>
internal sealed class RunFailedException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
