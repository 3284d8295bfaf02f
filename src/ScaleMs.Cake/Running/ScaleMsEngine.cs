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

    /// <summary>Task classes that were left out, because another one has their name.</summary>
    internal IReadOnlyList<Fault> Clashes { get; init; } = [];

    /// <summary>Whether the host lets no options pass but Cake's and ours, so that none can be a task's own.</summary>
    internal bool OwnsCommandLine { get; init; }

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
        var task = new CakeTask(name);
        if (!_names.Add(name))
        {
            throw new CakeException($"There are two tasks called '{name}': give one another name.");
        }

        _tasks.Add(task);
        return new CakeTaskBuilder(task);
    }

    /// <inheritdoc/>
    public async Task<CakeReport> RunTargetAsync(ICakeContext context, IExecutionStrategy strategy, ExecutionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var targets = settings.Targets.ToList();
        if (targets.Count == 0)
        {
            throw new ArgumentException("There is no target to run: name one.", nameof(settings));
        }

        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(context);
        if (ParameterHelp.IsAsked)
        {
            ParameterHelp.Tell(Connected().Where(task => StepTaskOf.Task(task) is not null).Select(StepTaskOf.Context).Append(context as ScaleMsContext).OfType<ScaleMsContext>());
            return new CakeReport();
        }

        _actions.Validate();
        var run = new TargetRun(this, context, strategy, settings);
        try
        {
            return await RunAsync(run).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            ExitCodeRecord.Set(ExitCodeOf(exception));
            if (Faults(exception) is not { } faults)
            {
                throw;
            }

            run.Server?.Tell(faults.Faults);
            Print(faults);
            throw new CakeException(faults.Faults.Count == 1 ? "Nothing was executed." : $"{faults.Faults.Count} faults; nothing was executed.", exception);
        }
    }

    private async Task<CakeReport> RunAsync(TargetRun run)
    {
        var graph = new TaskGraph(Connected());
        var closure = new TaskClosure(graph, run.Targets);
        ThrowIfAny([.. Clashes, .. graph.Faults, .. closure.Faults]);
        var isPlanned = closure.Order.Any(HasSteps) || AsksForAPlan(run.Context.Arguments);
        var faults = new List<Fault>();
        var overlap = isPlanned ? null : PlainOverlap.Of(run.Context.Arguments, closure.Order, faults);
        if ((!isPlanned && overlap is null) || await IsDryRunAsync(run).ConfigureAwait(false))
        {
            return await new CakeSequence(run, graph, closure, null).RunAsync().ConfigureAwait(false);
        }

        ThrowIfAny(faults);
        return isPlanned ? await new CakeRun(run, closure).RunAsync().ConfigureAwait(false) : await new CakeSequence(run, graph, closure, overlap).RunAsync().ConfigureAwait(false);
    }

    internal bool Knows(string task) => _names.Contains(task);

    /// <summary>Whether an option asks for what only a run with a plan has. In a build that has no steps anywhere such a name is the build's own, unless the host let none but Cake's options and ours pass.</summary>
    private bool AsksForAPlan(ICakeArguments arguments) => Detached.IsThis() || ((OwnsCommandLine || _tasks.Exists(HasSteps)) && RunOptions.AnyConcernPlainTasks(arguments));

    private static bool HasSteps(CakeTask task) => StepTaskOf.Task(task) is not null;

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
    private static async Task<bool> IsDryRunAsync(TargetRun run)
    {
        var wasCalled = false;
        await run.Strategy.InvokeFinallyAsync(
            _ =>
            {
                wasCalled = true;
                return Task.CompletedTask;
            },
            run.Context).ConfigureAwait(false);
        return !wasCalled;
    }

    private static void ThrowIfAny(List<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new FaultException(faults);
        }
    }

    /// <summary>Faults, found before the setup or after it.</summary>
    private static FaultException? Faults(Exception exception) => exception as FaultException ?? (exception as CakeReportException)?.InnerException as FaultException;

    /// <summary>Prints faults, each with its place and advice.</summary>
    internal static void Print(FaultException faults) =>
        new FaultPrinter(Console.Error, !Console.IsErrorRedirected && string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR"))).Print(faults);

    /// <summary>What setup, teardown and criteria throw is the user's, like a failed task.</summary>
    internal static int ExitCodeOf(Exception exception) => exception switch
    {
        CakeReportException { InnerException: { } inner } => ExitCodeOf(inner),
        FaultException { Faults: var faults } => faults.Any(fault => fault.Kind == FaultKind.Definition) ? ExitCodes.Definition : ExitCodes.Usage,
        StoreInUseException => ExitCodes.StoreInUse,
        RunFailedException failed => failed.ExitCode,
        _ => ExitCodes.Failed,
    };
}

/// <summary>The run failed in a way that was already told; carries the exit code.</summary>
internal sealed class RunFailedException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public int ExitCode { get; } = exitCode;
}
