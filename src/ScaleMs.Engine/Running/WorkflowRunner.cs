using System.Globalization;
using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Core.Scheduling;
using ScaleMs.Engine.Explaining;
using ScaleMs.Engine.Secrets;

namespace ScaleMs.Engine.Running;

/// <summary>Runs a target: opens the store, reaps what a dead run left, checks, plans, executes, records and sums up.</summary>
/// <param name="ports">What the engine is given from outside.</param>
public sealed class WorkflowRunner(EnginePorts ports)
{
    /// <summary>Runs a target to the end.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="cancellation">Ends the run: running steps are told to end, nothing new starts.</param>
    /// <returns>The exit code and the summary.</returns>
    /// <exception cref="FaultException">The definition is wrong; nothing was executed.</exception>
    /// <exception cref="StoreInUseException">Another run is writing to the store.</exception>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<RunReport> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        // An explanation is told of a plan.
        request = request.Explain.Count > 0 ? request with { PlanOnly = true } : request;
        // What was made elsewhere is only recorded: no plain task does anything beside that.
        request = request.Import is null ? request : request with { Definition = WithoutPlainTasks(request.Definition) };
        var (graph, faults) = WorkflowGraph.Build(request.Definition);
        if (graph is null)
        {
            throw new FaultException(WorkspaceFaults.With(ports, request, faults));
        }

        if (!graph.Continuations.Any() && UnknownNames.In(request, graph) is { Count: > 0 } wrong)
        {
            throw new FaultException(wrong);
        }

        if (request.WantsGraph && !graph.Continuations.Any())
        {
            return RunReport.OfGraph(request.Target, graph, []);
        }

        if (request.ExecutesNothing && ports.OpenStoreToRead is not null)
        {
            return Plan(request, graph, () => ports.OpenStoreToRead(Asked(graph)));
        }

        using var store = ports.OpenStore();
        return await new Run(ports, store, request, graph).RunAsync(cancellation).ConfigureAwait(false);
    }

    private static WorkflowDefinition WithoutPlainTasks(WorkflowDefinition definition) =>
        definition with { Tasks = [.. definition.Tasks.Select(task => task with { IsPlain = false })] };

    private RunReport Plan(RunRequest request, WorkflowGraph graph, Func<IFileStore> open)
    {
        using var store = open();
        var run = new Run(ports, store, request, graph);
        var report = request.WantsGraph ? run.Graph() : run.Plan();
        // To open a store for writing all of it is read: what is learnt by looking up a little of it is not worth that.
        if (!store.IsLookedUp && run.TakeLearnt() is { Length: > 0 } learnt && ports.Disk.Stat(store.Directory) is not null)
        {
            Keep(learnt);
        }

        return report;
    }

    /// <summary>About how many steps and inputs a plan asks for; what grows may grow to any number.</summary>
    private static int Asked(WorkflowGraph graph) => graph.Continuations.Any() ? int.MaxValue : graph.Steps.Sum(step => 1 + step.Inputs.Count);

    /// <summary>What a plan hashed need not be hashed again by the run that follows, if the store can take it just now.</summary>
    private void Keep(StoreRecord[] learnt)
    {
        try
        {
            using var store = ports.OpenStore();
            store.Commit(learnt);
        }
        catch (Exception cause) when (cause is StoreInUseException or StoreException)
        {
            // Another run goes on, or nothing may be written: the facts are told again when they are needed.
        }
    }

    private sealed class Run
    {
        /// <summary>About what writing down a null run takes for a step, for a moment.</summary>
        private const long RememberedBytes = 256;

        private readonly EnginePorts _ports;
        private readonly IFileStore _store;
        private readonly RunRequest _request;
        private readonly WorkflowGraph _graph;
        private readonly RunServices _services;
        private readonly EventStream _events;
        private readonly HashSet<string> _skipped;
        private readonly SelectedSteps _selected;
        private readonly string _id;
        private readonly DateTimeOffset _startedAt;
        private readonly long _began;

        public Run(EnginePorts ports, IFileStore store, RunRequest request, WorkflowGraph graph)
        {
            (_ports, _store, _request, _graph) = (ports, store, request, graph);
            _startedAt = ports.Clock.GetUtcNow();
            _began = ports.Clock.GetTimestamp();
            _id = _startedAt.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
            _events = new EventStream(ports.Observers);
            _services = RunServices.Wire(ports, store, request, _id, _events);
            _selected = new SelectedSteps(request.Selection, graph.Nodes);
            _skipped = request.Definition.Tasks.Where(task => task.IsSkipped).Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        }

        public async Task<RunReport> RunAsync(CancellationToken cancellation)
        {
            if (_request.ExecutesNothing)
            {
                var report = _request.WantsGraph ? Graph() : Plan();
                CommitLearnt();
                return report;
            }

            Tell(new RunEvent.Started(_startedAt, _id, _request.Target, _request.Workspace));
            _services.Heap.Trim();
            Reap();
            Check();
            TellUnknownTokens();
            var expander = NewExpander();
            var rest = SettledRest.Of(_request.Definition, _store.State);
            Tell(new RunEvent.Defined(Now(), _graph.Steps.Count() + rest.Sum(task => task.Steps), expander.Expected));
            var planner = new Planner(_services, _graph, expander, _skipped, _selected);
            var plan = Plan(planner, expander);
            TellPlan(plan);
            Tell(rest);
            CheckSecrets(plan);
            ThrowIfAny(_services.Importer?.Faults(plan.FindAll(IsImported)) ?? []);
            ThrowIfAny(new PlanApproval(_services, _request, _graph).Faults(plan, planner.Open, expander));
            MoveLeftovers(task => !expander.IsOpenIn(task));
            var loop = new RunLoop(_services, _request, _graph, _selected, _id, expander, planner.Assessments, cancellation);
            loop.Closed += task => MoveLeftovers(known => known == task);
            var abandoned = new AbandonedAttempts(_services, _graph, planner.Assessments, task => IsWhole(task, expander)).EndAsync();
            // Of a run with work to do nobody asks for the plan again, and that has a line for each step.
            plan = plan.TrueForAll(step => step.Kind == PlanKind.UpToDate) ? plan : [];
            var results = SettledRest.With(await loop.RunAsync().ConfigureAwait(false), rest);
            TellAbandoned(await abandoned.ConfigureAwait(false));
            var unnamed = planner.Open.Count > 0 && !expander.IsOpen && !loop.WasCancelled ? UnknownNames.In(_request, _graph) : [];
            return Finish(loop, results, plan, unnamed) with { Open = planner.Open };
        }

        /// <summary>Judges everything as it stands. Nothing of another run is touched: it may be going on.</summary>
        public RunReport Plan()
        {
            Tell(new RunEvent.Started(_startedAt, _id, _request.Target, _request.Workspace));
            Check();
            Tell(new RunEvent.Defined(Now(), _graph.Steps.Count(), new Dictionary<StepId, double>()));
            var expander = NewExpander();
            var planner = new Planner(_services, _graph, expander, _skipped, _selected);
            var plan = Plan(planner, expander);
            TellPlan(plan);
            CheckSecrets(plan);
            // Nobody reads an explanation for the time it will take, and the medians of all that ran are not worth reading for it.
            var times = _request.Explain.Count > 0 ? null : new PredictedTimes(_store.State);
            for (var i = 0; times is not null && i < plan.Count; i++)
            {
                plan[i] = plan[i].Runs ? plan[i] with { Predicted = times.Of(plan[i].Step.Id), FormerAttempts = LastRun.ResultOf(plan[i].Step.Id, _store.State)?.Attempts.Count ?? 0 } : plan[i];
            }

            return new RunReport(planner.Faults.Count > 0 ? ExitCodes.Definition : ExitCodes.Done, Sum("planned", []), plan)
            {
                Faults = planner.Faults,
                Explanations = _request.Explain.Count == 0 ? [] : new Explainer(_store.State, _graph, plan, planner.Assessments).Explain(_request.Explain),
                Estimate = PlanEstimate.Of(plan, _graph, _request.Capacity),
                Document = _request.WantsDocument ? new PlanDocuments(_services, _request).Of(plan, planner.Open) : null,
                Open = planner.Open,
                Undecided = expander.IsOpen ? [.. UnknownNames.In(_request, _graph).Select(UnknownNames.SoFar)] : [],
            };
        }

        /// <summary>The graph as far as results tell it. Missing files and tools are no faults: nothing is to be run.</summary>
        public RunReport Graph()
        {
            var expander = NewExpander();
            var planner = new Planner(_services, _graph, expander, _skipped, _selected);
            Plan(planner, expander);
            return RunReport.OfGraph(_request.Target, _graph, planner.Open);
        }

        /// <summary>Whether all steps of a task are here: where some are not, nobody can say what it publishes.</summary>
        private bool IsWhole(string task, Expander expander) => _request.Definition.Settled is null && !expander.IsOpenIn(task);

        /// <summary>What is not here and up to date.</summary>
        private void Tell(IReadOnlyList<TaskCount> rest)
        {
            foreach (var task in rest)
            {
                Tell(new RunEvent.UpToDate(Now(), task.Task, task.Steps, task.SavedSeconds));
            }
        }

        private Expander NewExpander() => new(_services, _request, _graph, _skipped, _selected);

        /// <summary>What was named and is unknown is a fault when the plan knows all there is.</summary>
        private List<PlannedStep> Plan(Planner planner, Expander expander)
        {
            var hadContinuations = expander.IsOpen;
            var plan = planner.Plan();
            // With --keep-going what does not follow from a part that cannot be defined is done first; the run tells the faults.
            ThrowIfAny(_request.KeepGoing ? [] : planner.Faults);
            if (hadContinuations && !expander.IsOpen)
            {
                ThrowIfAny(UnknownNames.In(_request, _graph));
            }

            return plan;
        }

        public StoreRecord[] TakeLearnt() => [.. _services.Scanner.TakeLearnt(), .. _services.Probe.TakeLearnt()];

        private void Reap()
        {
            var ended = _ports.Launcher.Reap(Path.Combine(_store.Directory, "work"));
            _services.Secrets.RemoveRemains();
            if (ended > 0)
            {
                Notice("reaped", ended == 1 ? "a process that an interrupted run had left was ended" : $"{ended} processes that an interrupted run had left were ended");
            }
        }

        /// <summary>Nothing begins that would have to stop half-way for want of a secret; what executes nothing needs none.</summary>
        private void CheckSecrets(List<PlannedStep> plan)
        {
            var faults = new SecretCheck(_services.SecretReader).Of(plan);
            if (!_request.ExecutesNothing)
            {
                ThrowIfAny(faults);
            }

            foreach (var fault in faults)
            {
                Notice("secret", fault.What);
            }
        }

        private void Check()
        {
            ThrowIfAny(new Preflight(_services).Check(_graph, _skipped));
        }

        /// <summary>Where the graph may grow, a step that asks for it may still come; where only a part is here, it may be in the rest.</summary>
        private void TellUnknownTokens()
        {
            if (!_graph.Continuations.Any() && _request.Definition.Settled is null)
            {
                UnknownTokens.Of(_request.Capacity, _graph.Steps).ToList().ForEach(text => Notice("unknown-token", text));
            }
        }

        private static void ThrowIfAny(IReadOnlyList<Fault> faults)
        {
            if (faults.Count > 0)
            {
                throw new FaultException(faults);
            }
        }

        private bool IsImported(PlannedStep planned) => _request.Selection.Import.Any(pattern => pattern.Matches(planned.Step.Id));

        private void TellPlan(List<PlannedStep> plan) => Tell(new RunEvent.Planned(
            Now(),
            plan.Where(step => step.Kind == PlanKind.Certain).Select(step => step.Step.Id).ToList(),
            plan.Where(step => step.Kind == PlanKind.Possible).Select(step => step.Step.Id).ToList()));

        private void MoveLeftovers(Predicate<string> isKnown)
        {
            // Of a part nobody can say what the whole publishes.
            if (_request.Definition.Settled is not null)
            {
                return;
            }

            var leftovers = _services.Leftovers.Find(_graph, isKnown);
            var moved = _services.Leftovers.MoveAway(leftovers, _graph);
            if (moved > 0)
            {
                var steps = string.Join(", ", leftovers.Select(entry => entry.Step.Member.Length > 0 ? entry.Step.Member : entry.Step.ToString()).Distinct().Take(5));
                Notice("leftovers", $"{moved} files of steps that are no longer in the workflow ({steps}) were moved to {Path.GetRelativePath(_request.Workspace, _services.Kept.Directory)}");
            }
        }

        /// <summary>Sums up. What was named and is nowhere, though everything came to be known, makes a run a failure that did all else.</summary>
        private RunReport Finish(RunLoop loop, IReadOnlyList<StepResult> results, List<PlannedStep> plan, IReadOnlyList<Fault> unnamed)
        {
            var (outcome, code) = Outcome(loop, results);
            if (code == ExitCodes.Done && unnamed.Count > 0)
            {
                (outcome, code) = ("failed", ExitCodes.Usage);
            }

            CommitLearnt();
            var summary = Sum(outcome, results);
            if (summary.Counts.Executed + summary.Counts.Restored + summary.Counts.Failed > 0)
            {
                _store.Commit(new RunRecord(_id, _request.Target, outcome, _startedAt, summary.WallSeconds, summary.Counts.Executed));
            }

            // What the disk refused is told by the run that wrote it, not by the next one.
            _store.Sync();
            Tell(new RunEvent.Finished(Now(), summary));
            var looks = NullRunLooks.Of(_services, _request, summary);
            _services.Heap.Trim(looks is null ? 0 : _graph.Nodes.Count * RememberedBytes);
            return new RunReport(code, summary, plan) { Looks = looks, Sources = Sources(), Faults = [.. loop.Faults, .. unnamed] };
        }

        private List<FileFactRecord>? Sources() => _request.Definition.Settled is null || _services.Scanner.HasSeenChange
            ? null
            : [.. _graph.Steps.SelectMany(step => step.SourcePaths()).Distinct(StringComparer.Ordinal).Select(_services.Scanner.FactOf).OfType<FileFactRecord>()];

        private static (string Outcome, int Code) Outcome(RunLoop loop, IReadOnlyList<StepResult> results)
        {
            if (loop.WasCancelled)
            {
                return ("interrupted", ExitCodes.Interrupted);
            }

            if (loop.FoundFault)
            {
                return ("failed", ExitCodes.Definition);
            }

            var failed = loop.PlainTaskFailed || loop.ContinuationFailed || results.Any(result => result.Outcome is Core.Planning.Outcome.Failed or Core.Planning.Outcome.Cancelled or Core.Planning.Outcome.Blocked);
            return failed ? ("failed", ExitCodes.Failed) : ("done", ExitCodes.Done);
        }

        private void CommitLearnt()
        {
            var learnt = TakeLearnt();
            if (learnt.Length > 0)
            {
                _store.Commit(learnt);
            }
        }

        private RunSummary Sum(string outcome, IReadOnlyList<StepResult> results) =>
            new(_id, _request.Target, outcome, _ports.Clock.GetElapsedTime(_began).TotalSeconds, RunCounts.Of(results), results);

        private void TellAbandoned(int count)
        {
            if (count > 0)
            {
                Notice("abandoned", count == 1 ? "an attempt of an interrupted run that nobody needs any more was ended" : $"{count} attempts of an interrupted run that nobody needs any more were ended");
            }
        }

        private void Notice(string code, string text) => Tell(new RunEvent.Noticed(Now(), code, text));

        private void Tell(RunEvent runEvent) => _events.Send(runEvent);

        private DateTimeOffset Now() => _ports.Clock.GetUtcNow();
    }
}
