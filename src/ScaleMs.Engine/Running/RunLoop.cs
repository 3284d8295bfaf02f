using System.Threading.Channels;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Core.Scheduling;
using ScaleMs.Engine.Executing;
using ScaleMs.Engine.Judging;

namespace ScaleMs.Engine.Running;

/// <summary>
/// The one thread that owns the graph's state: it judges, admits, commits and settles. Attempts, publishing and plain tasks run
/// elsewhere and send it messages. Everything that changes a node's phase is in this class (parts: execution, settling).
/// </summary>
internal sealed partial class RunLoop
{
    private const int ManyInputs = 1000;

    private static readonly Reason SkippedByCriteria = new("criteria", "its task's criteria said no");
    private readonly RunServices _services;
    private readonly RunRequest _request;
    private readonly string _runId;
    private readonly List<Work> _works;
    private double[] _priority;
    private readonly Channel<Message> _messages;
    private readonly Queue<Work> _toJudge = new();
    private readonly Dictionary<ActionKey, Work> _inFlight = [];
    private readonly List<Work> _settled;
    private readonly CancellationTokenSource _cancel;
    private readonly CancellationTokenSource _stop;
    private readonly HashSet<string> _skipped;
    private readonly Assessment?[] _planned;
    private readonly Func<InputSource.StepOutput, OutputRecord?> _outputOf;
    private int _posted;
    private bool _isStopping;
    private bool _isCancelled;
    private int _unsettled;

    public RunLoop(
        RunServices services, RunRequest request, WorkflowGraph graph, SelectedSteps selected, string runId, Expander expander, Assessment?[] planned, CancellationToken cancellation)
    {
        // A plain task may change files, so what was found before it counts only where there is none.
        _planned = request.Definition.Tasks.Any(task => task.IsPlain) ? new Assessment?[graph.Nodes.Count] : planned;
        _services = services;
        _bytesInUse = new BytesInUse(services.Store.State, IsInPlace);
        _messages = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = services.Workers is not null });
        _request = request;
        _runId = runId;
        _works = new List<Work>(graph.Nodes.Count);
        _settled = new List<Work>(graph.Nodes.Count);
        for (var i = 0; i < graph.Nodes.Count; i++)
        {
            _works.Add(new Work(graph.Nodes[i]));
        }

        _expander = expander;
        _lastReaders = new LastReaders(_works, services.Inspector, OnRead, () => expander.IsOpen);
        _graph = graph;
        _plainTasks = graph.HasPlainTasks ? new PlainTaskOrder<Work>(PlainTasksOf(request), request.Capacity.Cpus, MayOverlap, IsSettled) : null;
        _selected = selected;
        _approved = request.Approved is { } plan ? new ApprovedSteps(plan, expander) : null;
        _outputOf = source => _works[Node(source.Step).Index].Result!.Find(source.Output);
        _skipped = request.Definition.Tasks.Where(task => task.IsSkipped).Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        _priority = CriticalPath.Of(graph, node => expander.SecondsOf(node.Step!));
        _unsettled = _works.Count;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token);
        cancellation.Register(() => _messages.Writer.TryWrite(new Message.Cancelled()));
    }

    /// <summary>Whether the run was cancelled before everything was settled.</summary>
    public bool WasCancelled => _isCancelled;

    /// <summary>Whether a fault of the definition showed only while running; its exit code is that of a definition error.</summary>
    public bool FoundFault { get; private set; }

    /// <summary>Whether a plain task failed.</summary>
    public bool PlainTaskFailed { get; private set; }

    /// <summary>Runs everything to the end.</summary>
    /// <returns>The results, in the order of settling.</returns>
    public async Task<IReadOnlyList<StepResult>> RunAsync()
    {
        using (_cancel)
        using (_stop)
        {
            try
            {
                _services.StepCancellation?.Open((patterns, answer) => _messages.Writer.TryWrite(new Message.StepsCancelled(patterns, answer)));
                Force(_works);
                foreach (var work in _works.Where(work => work.Waits == 0))
                {
                    _toJudge.Enqueue(work);
                }

                await RunToEndAsync().ConfigureAwait(false);
                DropForgotten();
                _services.Retired.RemoveAll();
                return new SettledSteps(_settled, work => WhereRuns(work).Name);
            }
            catch
            {
                // The store gave up, or a bug of ours: what runs must not outlive the run, unless the next one takes it over.
                await EndRunningAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                _services.StepCancellation?.Close();
                _pauses?.Dispose();
            }
        }
    }

    private async Task RunToEndAsync()
    {
        for (Advance(); _unsettled > 0; Advance())
        {
            if (_posted == 0 && SettleHeld())
            {
                continue;
            }

            if (_posted == 0)
            {
                throw new InvalidOperationException($"Nothing runs but {_unsettled} nodes are open, among them '{_works.First(work => work.Phase != Phase.Settled).Node}'.");
            }

            Handle(await _messages.Reader.ReadAsync().ConfigureAwait(false));
        }
    }

    private async Task EndRunningAsync()
    {
        _stop.Cancel();
        while (_posted > 0)
        {
            _posted -= (await _messages.Reader.ReadAsync().ConfigureAwait(false)).IsAwaited ? 1 : 0;
        }
    }

    private void Advance()
    {
        do
        {
            while (_toJudge.TryDequeue(out var work))
            {
                Consider(work);
                _services.Heap.Trim();
            }

            StartReady();
            StartPlainTasks();
            WakeResting();
        }
        while (_toJudge.Count > 0);
    }

    private void Handle(Message message)
    {
        _posted -= message.IsAwaited ? 1 : 0;
        _services.Heap.Trim();
        switch (message)
        {
            case Message.Ended ended:
                GiveBackEarly(ended.Work);
                break;
            case Message.Executed executed:
                OnExecuted(executed.Work, executed.Execution);
                break;
            case Message.Rested rested:
                OnRested(rested.Work);
                break;
            case Message.Imported imported:
                OnImported(imported);
                break;
            case Message.Led led:
                OnLed(led);
                break;
            case Message.Looked looked:
                OnLooked(looked.IsFree);
                break;
            case Message.Brought brought:
                OnBrought(brought);
                break;
            case Message.Published published:
                OnPublished(published);
                break;
            case Message.Known known:
                OnKnown(known);
                break;
            case Message.PlainTaskEnded ended:
                OnPlainTaskEnded(ended);
                break;
            case Message.Cancelled:
                _isCancelled = _unsettled > 0;
                _isReadyDropped = false;
                Stop();
                break;
            case Message.StepsCancelled asked:
                OnStepsCancelled(asked);
                break;
            case Message.Broken { Exception: FaultException { Faults: var faults } }:
                throw new FaultException(faults);
            case Message.Broken broken:
                throw new InvalidOperationException(broken.Exception.Message, broken.Exception);
            default:
                throw new InvalidOperationException($"Unknown message {message.GetType().Name}.");
        }
    }

    /// <summary>A node whose predecessors are settled: passes it on, judges it, or blocks it.</summary>
    private void Consider(Work work)
    {
        if (work.Node.TaskEnd is { IsSkipped: true })
        {
            // As in Cake: what depends on a skipped task runs all the same, unless it needs the task's outputs.
            Settle(work, Outcome.UpToDate, SkippedByCriteria);
        }
        else if ((FirstInTheWay(work, work.Node.Producers) ?? FirstInTheWay(work, work.Node.Before)) is { } bad)
        {
            SettleBehind(work, bad);
        }
        else if (work.Node.TaskEnd is { } task)
        {
            ConsiderTaskEnd(work, task);
        }
        else if (work.Node.Continuation is { } continuation)
        {
            ConsiderContinuation(work, continuation);
        }
        else
        {
            JudgeStep(work);
        }
    }

    private void SettleBehind(Work work, Work bad)
    {
        if (IsSettledBehindLeftOut(work, bad))
        {
            return;
        }

        if (bad.Outcome == Outcome.Skipped && _request.OnlyTasks?.Contains(work.Node.Task) == true && !_skipped.Contains(bad.Node.Task))
        {
            var stale = Late.UpstreamStale(bad.Step, bad.Why!);
            if (work.Node.Continuation is not null)
            {
                Tell(new RunEvent.Noticed(Now(), "unknown", stale.Message));
            }

            Fail(work, stale, isFault: false);
        }
        else
        {
            Settle(work, bad.Outcome is Outcome.Cancelled or Outcome.Skipped ? bad.Outcome.Value : Outcome.Blocked, new Reason("blocked", $"{bad.Node} {Word(bad.Outcome)}"));
        }
    }

    private Work? FirstInTheWay(Work work, IReadOnlyList<GraphNode> before)
    {
        for (var i = 0; i < before.Count; i++)
        {
            if (IsInTheWayOf(work, _works[before[i].Index]))
            {
                return _works[before[i].Index];
            }
        }

        return null;
    }

    /// <summary>A skipped step leaves nothing to read, but it does not keep its task from ending, as in Cake.</summary>
    private static bool IsInTheWayOf(Work work, Work before) => !before.IsGood && !before.HasFormerResult && !(before.Outcome == Outcome.Skipped && work.Node.TaskEnd is not null);

    private static string Word(Outcome? outcome) => outcome switch
    {
        Outcome.Blocked => "is blocked",
        Outcome.Cancelled => "was cancelled",
        Outcome.Skipped => "was skipped",
        _ => "failed",
    };

    private void ConsiderTaskEnd(Work work, WorkflowTask task)
    {
        if (!task.IsPlain)
        {
            Settle(work, Outcome.UpToDate, new Reason("task", "all its steps are settled"));
        }
        else if (_isStopping)
        {
            Settle(work, Outcome.Cancelled, new Reason("stopped", "the run ended before it began"));
        }
        else
        {
            work.Phase = Phase.Ready;
            _plainTasks!.Add(work);
        }
    }

    private void JudgeStep(Work work)
    {
        if (_skipped.Contains(work.Step.Id.Task))
        {
            Settle(work, Outcome.Skipped, SkippedByCriteria);
            return;
        }

        work.HasFormerResult = false;
        _services.Heap.Trim(ForeseenBytes(work));
        var judged = Assess(work);
        if (judged.Failure is not null)
        {
            Fail(work, judged.Failure, isFault: true);
            return;
        }

        (work.Closed, work.Key) = (judged.Closed, judged.Key);
        // One that is up to date is settled at once, and there are many.
        work.Verdict = judged.Verdict is Verdict.UpToDate && !work.Step.IsStochastic ? null : judged.Verdict;
        if (IsRepeatedDraw(work, out var twin))
        {
            Fail(work, Late.EqualStochastic(work.Step, twin), isFault: true);
            return;
        }

        switch (judged.Verdict)
        {
            case Verdict.UpToDate verdict:
                work.Result = judged.Recorded;
                Settle(work, Outcome.UpToDate, verdict.Reason);
                break;
            case Verdict.Restore:
                work.Result = judged.Recorded;
                BeginPublish(work, isRestore: true);
                break;
            case Verdict.Execute verdict:
                WantExecution(work, verdict.Reason);
                break;
        }
    }

    /// <summary>To say why a step with many inputs is to run takes about two kilobytes for each.</summary>
    private static long ForeseenBytes(Work work) => work.Step.Inputs.Count > ManyInputs ? work.Step.Inputs.Count * 2048L : 0;

    private Assessment Assess(Work work)
    {
        var isAsPlanned = work.Forced is null && work.Reopened is null && !work.MustLookAgain &&
            HasProducersAsPlanned(work.Node);
        // Equal work of another instance may have been recorded since the plan was made.
        return isAsPlanned && work.Node.Index < _planned.Length && _planned[work.Node.Index] is { } planned &&
            (planned.Verdict is not Verdict.Execute || !_services.Store.State.Results.ContainsKey(planned.Key!))
            ? planned
            : _services.Assessor.Assess(work.Step, _outputOf, work.Forced);
    }

    private bool HasProducersAsPlanned(GraphNode node)
    {
        for (var i = 0; i < node.Producers.Count; i++)
        {
            if (_works[node.Producers[i].Index] is not { Outcome: Outcome.UpToDate or Outcome.Restored, IsSettledAgain: true, Reopened: null })
            {
                return false;
            }
        }

        return true;
    }

    private bool IsRepeatedDraw(Work work, out StepInstance twin)
    {
        twin = work.Step;
        var key = work.Key!;
        if (!work.Step.IsStochastic || _draws.TryAdd(key, work.Step) || _draws[key].Id == work.Step.Id)
        {
            return false;
        }

        twin = _draws[key];
        return true;
    }

    private GraphNode Node(StepId id) => _graph.Find(id)!;
}
