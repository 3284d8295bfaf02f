using Cake.Core;
using Cake.Core.Diagnostics;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Sites;
using ScaleMs.Reporting.Control;
using ScaleMs.Reporting.Files;
using ScaleMs.Store.Disk;

namespace ScaleMs;

/// <summary>One run of a target inside Cake: options, setup, definition, engine, teardown.</summary>
internal sealed class CakeRun
{
    private readonly TargetRun _run;
    private readonly ICakeContext _context;
    private readonly TaskClosure _closure;
    private readonly CakeReport _report = new();
    private readonly TaskReports _reports = new();
    private readonly string _workspace;
    private readonly bool _isDetached = Detached.IsThis();
    private GroupedOutput? _grouped;
    private SiteProfiles _sites = SiteProfiles.None;
    private ControlServer? _control;

    public CakeRun(TargetRun run, TaskClosure closure)
    {
        (_run, _context, _closure) = (run, run.Context, closure);
        _workspace = _context.Environment.WorkingDirectory.FullPath;
    }

    public async Task<CakeReport> RunAsync()
    {
        var options = Options();
        if (options.ConfigShow)
        {
            ConfigList.Write(Console.Out, Contexts(), options.Format == "json");
            ExitCodeRecord.Set(ExitCodes.Done);
            return _report;
        }

        if (options.Detach)
        {
            // What a script does after this run is done by the process that makes it.
            System.Environment.Exit(new Detachment(_workspace, Path.Combine(_workspace, HostedRun.StoreName)).Run());
        }

        try
        {
            await _run.Engine.InLifetimeAsync(_run, _closure[_run.Targets[0]], _closure.Order, _report, () => ReportAsync(options)).ConfigureAwait(false);
            // Whoever follows the run hears how it ended when all of it has, teardown too.
            _control?.End(ExitCodeRecord.InsteadOf(ExitCodes.Done));
            return _report;
        }
        catch (Exception exception)
        {
            _control?.End(ScaleMsEngine.ExitCodeOf(exception));
            throw;
        }
        finally
        {
            _control?.Dispose();
        }
    }

    private RunOptions Options()
    {
        var faults = new List<Fault>();
        // What a plain task asks for is known when it runs.
        if (_context.Arguments is AskedArguments asked && !_closure.Order.Any(IsPlain))
        {
            faults.AddRange(asked.Unknown());
        }

        var options = RunOptions.Read(_context.Arguments, faults);
        _sites = options.Places.Sites(_workspace, faults);
        faults.AddRange(ScaleMsContext.GivenFaults(Contexts()));
        ThrowIfAny(faults);
        return options;
    }

    private async Task ReportAsync(RunOptions options)
    {
        try
        {
            await ExecuteAsync(options).ConfigureAwait(false);
        }
        finally
        {
            Contexts().ToList().ForEach(context => context.EndRun());
            _reports.AppendTo(_report, _closure.Order);
        }
    }

    private async Task ExecuteAsync(RunOptions options)
    {
        var definition = Define(options.Parallel);
        var lifecycle = Lifecycle(definition);
        var hosted = new HostedRun(options, _sites, _workspace)
        {
            Verbosity = _context.Log.Verbosity,
            Server = _run.Server,
            Lifecycle = lifecycle,
            IsDetached = _isDetached,
            Declared = definition.Steps,
        };
        await using var ended = hosted.ConfigureAwait(false);
        var reporters = hosted.Reporters;
        _control = hosted.Control;
        foreach (var notice in Notices())
        {
            reporters.Print($"notice    {notice}");
        }

        using var grouped = definition.Tasks.Any(task => task.MayOverlap) ? new GroupedOutput(reporters.PrintBlock) : null;
        _grouped = grouped;
        var report = await hosted.RunAsync(Approved(options, Request(options, definition))).ConfigureAwait(false);
        foreach (var undecided in report.Undecided)
        {
            reporters.Print($"notice    {undecided}");
        }

        if (report.Graph is { } graph)
        {
            options.Graph!.Write(graph, _workspace);
        }
        else if (options.Why.Count > 0)
        {
            reporters.PrintExplanations(report);
        }
        else if (options.PlanOnly)
        {
            reporters.TellPlan(report);
        }

        if (ShortcutOf(options, definition) is { } candidate && candidate.Of(report, definition, Contexts().SelectMany(context => context.FilesRead).Concat(options.Places.Files(_workspace))) is { } nullRun)
        {
            hosted.Store!.Remember(nullRun);
        }

        End(options, report);
        if (lifecycle.Failure is { } failure)
        {
            throw new RunFailedException(ExitCodes.Failed, $"A task setup or teardown failed: {failure.Message}");
        }
    }

    /// <summary>What may be remembered when the run finds nothing to do; null when the next one must be made in full anyway.</summary>
    private NullRunCandidate? ShortcutOf(RunOptions options, WorkflowDefinition definition)
    {
        // What a tool is elsewhere nobody can tell from the files here.
        var isHere = options.Places.Launcher == Place.Here && definition.Steps.All(step => step.Launcher is "" or Place.Here) && !SiteEnvironment.IsChangedBy(_sites.Local);
        var isOrdinary = isHere && options is { PlanOnly: false, Graph: null, ImportFrom: null, Apply: null, Summary: null, Events: null } && !_run.IsExclusive && !_run.Engine.HasLifetime && _workspace == System.Environment.CurrentDirectory;
        var readsTerminal = Contexts().SelectMany(context => context.EnvironmentRead.Keys).Any(Circumstances.LeavesOut);
        return isOrdinary && !readsTerminal && !Notices().Any() && ScaleMsHost.Started is { } started && NullRunShortcut.IsRehashed(started.Arguments) == options.Rehash
            ? new NullRunCandidate(started.Arguments, DefiningCode.Of(started.Factory, Contexts().Select(context => context.GetType()), _closure.Order), DefiningCode.Idle(_closure.Order), new PhysicalDisk())
            {
                KeepsDefinition = _run.Server is null && !_run.Engine.HasTaskLifetime,
            }
            : null;
    }

    private RunRequest Request(RunOptions options, WorkflowDefinition definition) => options.Request(string.Join(',', _run.Targets), _workspace, definition) with
    {
        MostExpandedSteps = Contexts().Select(context => context.MostExpandedSteps).Append(0).Max(),
        Parameters = ParameterValues(),
        Supposed = Supposed(options),
        OnlyTasks = _run.IsExclusive ? _run.Targets.ToHashSet(StringComparer.OrdinalIgnoreCase) : null,
        RunPlainTask = RunPlainAsync,
    };

    private Task<bool> RunPlainAsync(WorkflowTask task)
    {
        var plain = _closure[task.Name];
        return task.MayOverlap && _grouped is not null ? _grouped.RunAsync(() => Plain(plain).TryAsync(plain)) : Plain(plain).TryAsync(plain);
    }

    private PlainTasks Plain(CakeTask task) => new(_run, _reports.Of(task), _run.Targets);

    /// <summary>With <c>--apply</c>, the request that the plan was made for.</summary>
    private RunRequest Approved(RunOptions options, RunRequest request)
    {
        if (options.Apply is not { } file)
        {
            return request;
        }

        var (plan, fault) = PlanFile.Read(Path.GetFullPath(file, _workspace));
        return fault is null ? request with { Approved = plan, Selection = plan!.Selection } : throw new FaultException(fault);
    }

    private List<KeyValuePair<string, string>> ParameterValues() =>
        [.. Contexts().SelectMany(context => context.Parameters.Declared).DistinctBy(parameter => parameter.Name).Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))];

    /// <summary>The files of <c>--suppose</c> as steps name their sources.</summary>
    private List<string> Supposed(RunOptions options)
    {
        var files = options.Supposed.Select(file => Path.GetFullPath(file, _workspace)).Distinct(StringComparer.Ordinal).ToList();
        var read = Contexts().SelectMany(context => context.FilesRead).ToHashSet(StringComparer.Ordinal);
        ThrowIfAny(files.Where(read.Contains).Select(UsageFaults.SupposedForDefinition).ToList());
        return files.ConvertAll(file => file.StartsWith(_workspace + "/", StringComparison.Ordinal) ? file[(_workspace.Length + 1)..] : file);
    }

    private WorkflowDefinition Define(bool inParallel)
    {
        Contexts().ToList().ForEach(context => context.BeginRun());
        using var collector = new StepCollector(_workspace);
        var tasks = new List<WorkflowTask>();
        foreach (var task in _closure.Order)
        {
            var step = StepTaskOf.Task(task);
            var skippedBy = step is null ? null : Plain(task).SkippedBy(task);
            if (skippedBy is not null)
            {
                WarnIfTarget(task);
                Plain(task).Skip(task, skippedBy);
            }

            if (step is not null)
            {
                collector.Define(task.Name, _closure.DependenciesOf(task), () => step.Define(new StepBuilder(collector, task.Name), ContextOf(task)));
            }

            tasks.Add(new WorkflowTask(task.Name, _closure.DependenciesOf(task), IsPlain(task), skippedBy is not null)
            {
                MayOverlap = IsPlain(task) && (inParallel || ParallelTasks.IsMarked(task)),
            });
        }

        collector.Contexts = Contexts().ToList();
        return collector.Complete(tasks);
    }

    private bool IsPlain(CakeTask task) => StepTaskOf.Task(task) is null && PlainTasks.HasWork(task) && (!_run.IsExclusive || IsTarget(task.Name));

    private void WarnIfTarget(CakeTask task)
    {
        if (IsTarget(task.Name))
        {
            _context.Log.Warning("The target '{0}' was skipped by its criteria.", task.Name);
        }
    }

    private StepTaskLifecycle Lifecycle(WorkflowDefinition definition)
    {
        var instances = definition.Steps.GroupBy(step => step.Id.Task).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var open = definition.Continuations.GroupBy(continuation => continuation.Task).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return new StepTaskLifecycle(_run, _closure.Order.ToDictionary(task => task.Name, StringComparer.Ordinal), instances, open);
    }

    private void End(RunOptions options, RunReport report)
    {
        var code = report.ExitCode;
        if (options is { PlanOnly: true, ExitCode: true } && (report.Open.Count > 0 || report.Plan.Any(step => step.Kind is not (PlanKind.UpToDate or PlanKind.LeftOut))))
        {
            code = ExitCodes.WorkToDo;
        }

        ExitCodeRecord.Set(code);
        if (report.Faults.Count > 0)
        {
            ScaleMsEngine.Print(new FaultException(report.Faults));
            var what = code == ExitCodes.Usage ? "has nothing of a name that was given" : "could not be defined further";
            throw new RunFailedException(code, $"{report.Summary.Target} {what}; what was done is kept.");
        }

        if (code is not ExitCodes.Done and not ExitCodes.WorkToDo)
        {
            throw new RunFailedException(code, Message(report), _run.Failure);
        }
    }

    private string Message(RunReport report) => report.Summary.Outcome != "interrupted" && report.Summary.Counts.Failed == 0 && _run.Failure is { } failure
        ? $"{report.Summary.Target} failed: {failure.Message}"
        : EndMessage.Of(report.Summary);

    /// <summary>Told by each run, so a run that tells some is not remembered.</summary>
    private IEnumerable<string> Notices() => Contexts().SelectMany(context => context.Parameters.Notices());

    private IEnumerable<ScaleMsContext> Contexts() => _closure.Order
        .Where(task => StepTaskOf.Task(task) is not null)
        .Select(StepTaskOf.Context)
        .Append(_context as ScaleMsContext)
        .OfType<ScaleMsContext>()
        .Distinct();

    private ScaleMsContext ContextOf(CakeTask task) => StepTaskOf.Context(task) ?? _context as ScaleMsContext
        ?? throw new CakeException($"Task '{task.Name}' has steps, but the context '{_context.GetType().Name}' is no ScaleMsContext: derive it from ScaleMsContext.");

    private bool IsTarget(string name) => _run.Targets.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static void ThrowIfAny(List<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new FaultException(faults);
        }
    }
}
