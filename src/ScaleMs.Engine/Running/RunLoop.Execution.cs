using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <content>From "must run" to "committed".</content>
internal sealed partial class RunLoop
{
    /// <summary>A step that took longer is made durable before anything else happens, rather than with the next group commit.</summary>
    private const double LongSeconds = 10;

    /// <summary>How often a step is judged anew for files that moved. Then the attempt itself finds that they do not come to rest.</summary>
    private const int MostMoves = 3;

    private readonly Dictionary<ActionKey, StepInstance> _draws = [];
    private readonly WorkflowGraph _graph;
    private readonly Dictionary<ActionKey, List<Work>> _parked = [];

    private void WantExecution(Work work, Reason reason)
    {
        if (IsOutsideTarget(work))
        {
            // Only what the target's own steps read must be up to date; what merely comes before them need not be.
            Settle(work, Outcome.Skipped, reason);
        }
        else if (!_selected.MayExecute(work.Node))
        {
            LeaveOut(work, reason);
        }
        else if (WhyNotApproved(work, reason) is { } refusal)
        {
            Refuse(work, refusal);
        }
        else if (_isStopping || IsNotToBegin(work))
        {
            Settle(work, Outcome.Cancelled, reason);
        }
        else if (_inFlight.ContainsKey(work.Closed!.Key))
        {
            // The same work for another instance is under way: its record will serve this one too.
            work.Phase = Phase.Parked;
            if (!_parked.TryGetValue(work.Closed.Key, out var waiting))
            {
                _parked[work.Closed.Key] = waiting = [];
            }

            waiting.Add(work);
        }
        else if (_services.Importer is { } importer)
        {
            BeginImport(work, importer);
        }
        else if (!DemandBytes(work))
        {
            _inFlight.Add(work.Closed.Key, work);
            MakeReady(work);
        }
    }

    /// <summary>Opens producers whose bytes are needed and gone; the consumer then waits for them.</summary>
    private bool DemandBytes(Work work)
    {
        foreach (var source in work.Step.Inputs.Select(input => input.Source).OfType<InputSource.StepOutput>())
        {
            var producer = _works[Node(source.Step).Index];
            if (_services.Inspector.PlaceOf(producer.Step, producer.Result!, source.Output) is null)
            {
                Demand(work, producer, source.Output);
            }
        }

        return work.Waits > 0;
    }

    private void Demand(Work work, Work producer, ArtifactPath output)
    {
        work.Waits++;
        work.Phase = Phase.Waiting;
        (producer.Demanders ??= []).Add(work);
        Reopen(producer, new Reason("bytes-demanded", $"{work.Node} needs {output} and its bytes are gone"), isForced: true);
    }

    /// <summary>A producer is being made again, or was and differs: the key it was judged under may not be its own.</summary>
    private bool IsJudgedTooEarly(Work work) =>
        work.IsOutdated || work.Node.Producers.Any(producer => _works[producer.Index].Phase != Phase.Settled) || HasMoved(work);

    /// <summary>Whether a source or a tool is no longer what the key was told of: while it waited, somebody may have edited it.</summary>
    private bool HasMoved(Work work) => work.Moves < MostMoves && DiffersFromKey(work) && ++work.Moves > 0;

    private bool DiffersFromKey(Work work)
    {
        var action = work.Closed!.Action;
        for (var i = 0; i < work.Step.Inputs.Count; i++)
        {
            if (work.Step.Inputs[i].Source is InputSource.SourceFile source)
            {
                _services.Scanner.Recheck(source.Path);
                if (_services.Scanner.Look(source.Path, work.Step.Inputs[i].Identity)?.IdentityOf(work.Step.Inputs[i].Identity) != action.Inputs[i].Digest)
                {
                    return true;
                }
            }
        }

        var site = WhereRuns(work).Site;
        return work.Step.Tools.Where((tool, i) => !site.Find(tool).Fingerprint.Lines.SequenceEqual(action.Tools[i].Lines)).Any();
    }

    private void JudgeAgain(Work work)
    {
        work.IsOutdated = false;
        work.MustLookAgain = true;
        work.Phase = Phase.Waiting;
        _inFlight.Remove(work.Closed!.Key);
        StopLeading(work);
        WakeParked(work);
        foreach (var producer in work.Node.Producers.Select(node => _works[node.Index]).Where(producer => producer.Phase != Phase.Settled))
        {
            work.Waits++;
            (producer.Demanders ??= []).Add(work);
        }

        if (work.Waits == 0)
        {
            _toJudge.Enqueue(work);
        }
    }

    private void StartAttempt(Work work)
    {
        var inputs = work.Step.Inputs.Select(PlaceOf).ToList();
        if (inputs.Contains(null))
        {
            // They went since they were asked for: another output with the same bytes gave them up, or somebody collected.
            GiveBack(work);
            JudgeAgain(work);
            return;
        }

        work.Consumption!.Reads(inputs);
        work.Phase = Phase.Running;
        if (inputs.SelectMany(input => input!.AllToBring()).Distinct().ToList() is { Count: > 0 } toBring)
        {
            Post(work, () => Task.FromResult<Message>(new Message.Brought(work, toBring.TrueForAll(_services.Store.Bring))));
            return;
        }

        var closed = work.Closed!;
        var open = _services.Store.State.OpenIntents(work.Step.Id, closed.Key);
        var left = LeftByDeadClient(work, open);
        var number = left is null ? open.Count + 1 : open.TakeWhile(intent => intent != left).Count() + 1;
        work.Directory = Path.Combine(_services.Store.Directory, left?.Directory ?? Intend(work, number).Directory);
        var request = new ExecutionRequest
        {
            Action = closed.Action,
            Key = closed.Key,
            Components = closed.GetComponents(),
            Inputs = inputs!,
            Tools = work.Step.Tools.Select(WhereRuns(work).Site.Find).ToList(),
            Directory = work.Directory,
            IsTakenOver = left is not null,
            Devices = DevicesOf(work),
            Interrupted = open.Skip(work.Spoilt).Where(intent => intent != left).Reverse().Select(intent => Path.Combine(_services.Store.Directory, intent.Directory)).ToList(),
            Representatives = RepresentativesOf(work.Step),
            Attempt = number,
            Granted = work.Granted,
            RunId = _runId,
            KeptState = work.Step.KeepsState ? LastRun.ResultOf(work.Step.Id, _services.Store.State)?.KeptState : null,
        };
        var cancel = (work.Stop = CancellationTokenSource.CreateLinkedTokenSource(_cancel.Token)).Token;
        if (work.IsCancelled)
        {
            work.Stop.Cancel();
        }

        Post(work, async () =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, cancel);
            return new Message.Executed(work, await _services.ExecutorAt(WhereRuns(work)).RunAsync(
                request,
                isContinued => Tell(new RunEvent.StepStarted(Now(), work.Step.Id, work.Verdict!.Reason, number, isContinued)),
                progress => Tell(new RunEvent.StepProgressed(Now(), work.Step.Id, progress)),
                record => Tell(new RunEvent.StepLogged(Now(), work.Step.Id, record)),
                () => _messages.Writer.TryWrite(new Message.Ended(work)),
                new StopSigns(stop.Token, cancel)).ConfigureAwait(false));
        });
    }

    /// <summary>The newest attempt at the action that a dead client left and that is still under way, or has ended unseen. Each is awaited once.</summary>
    private IntentRecord? LeftByDeadClient(Work work, IReadOnlyList<IntentRecord> open)
    {
        var executor = _services.ExecutorAt(WhereRuns(work));
        return open.LastOrDefault(intent => intent.RunId != _runId && executor.CanTakeOver(Path.Combine(_services.Store.Directory, intent.Directory)));
    }

    /// <summary>What runs already comes first: it holds its place whether it is awaited or not.</summary>
    private bool IsLeftRunning(Work work) =>
        !WhereRuns(work).IsHere && LeftByDeadClient(work, _services.Store.State.OpenIntents(work.Step.Id, work.Closed!.Key)) is not null;

    /// <summary>Writes down that an attempt is begun, before anything of it is there.</summary>
    private IntentRecord Intend(Work work, int number)
    {
        var key = work.Closed!.Key;
        var intent = new IntentRecord(work.Step.Id, key, $"work/{key.Brief}-{_runId}-{work.Node.Index}-{number}", _runId, Now());
        _services.AtPoint?.Invoke(CrashPoint.BeforeIntent);
        _services.Store.Commit(intent);
        _services.AtPoint?.Invoke(CrashPoint.AfterIntent);
        return intent;
    }

    /// <summary>Looks again at everything, since fetching may have taken long; what could not be had is known by now, and its producer runs.</summary>
    private void OnBrought(Message.Brought brought)
    {
        GiveBack(brought.Work);
        if (brought.HasAll)
        {
            MakeReady(brought.Work);
        }
        else
        {
            JudgeAgain(brought.Work);
        }
    }

    private StagedInput? PlaceOf(Input input)
    {
        if (input.Source is InputSource.SourceFile file)
        {
            var seen = _services.Scanner.Look(file.Path, input.Identity)?.Stat;
            return new StagedInput(_services.Scanner.Absolute(file.Path), false, seen) { Length = seen?.Length ?? 0 };
        }

        var source = (InputSource.StepOutput)input.Source;
        var producer = _works[Node(source.Step).Index];
        return _services.Inspector.PlaceOf(producer.Step, producer.Result!, source.Output);
    }

    private void OnExecuted(Work work, Execution execution)
    {
        GiveBackAtEnd(work);
        EndStop(work);
        if (execution.Traced is { } findings)
        {
            Tell(new RunEvent.Traced(Now(), work.Step.Id, findings));
        }

        work.Attempts = work.Attempts.Append(execution.Attempt).ToArray();
        work.WallSeconds += execution.Attempt.WallSeconds;
        work.Consumption!.Add(execution);
        if (execution.Granted != work.Granted)
        {
            work.Granted = execution.Granted;
        }

        if (execution.Failure is { } failure)
        {
            OnAttemptFailed(work, new FailedAttempt(Relative(failure), work.Granted, execution.IsContinued, execution.LeftCheckpoint));
            return;
        }

        var done = _services.Store.State.OpenIntents(work.Step.Id, work.Closed!.Key).ToList();
        work.Result = WithBytes(execution.Result! with { Attempts = work.Attempts }, work.Directory!);
        work.Attempts = work.Result.Attempts;
        _services.AtPoint?.Invoke(CrashPoint.BetweenBlobAndRecord);
        TellWhetherImportAgrees(work.Result);
        TellWhatLeftItsTolerance(work.Result);
        _bytesInUse.Take(work.Step.Id, work.Result);
        TakeAgain(work, work.Result, work.Directory!);
        // The instance is up to date when its outputs are published too: a crash in between leaves a result to be restored.
        _services.Store.Commit([.. _services.Scanner.TakeLearnt(), work.Result]);
        work.Result = _services.Store.State.Results[work.Result.Key];
        _services.AtPoint?.Invoke(CrashPoint.AfterRecord);
        if (work.WallSeconds > LongSeconds)
        {
            _services.Store.Sync();
        }

        _inFlight.Remove(work.Closed.Key);
        // The store leads on until the result can be found by others.
        _led.Remove(work.Closed.Key);
        Retire(done, work, execution.IsDirectoryLeft);
        BeginPublish(work, isRestore: false);
    }

    private Failure Relative(Failure failure) => failure.LogPath is { } log && log.StartsWith(_request.Workspace, StringComparison.Ordinal)
        ? failure with { LogPath = Path.GetRelativePath(_request.Workspace, log) }
        : failure;

    /// <summary>The directory of the attempt that did it may be another's next; those of earlier ones, which failed or were interrupted, never.</summary>
    private void Retire(List<IntentRecord> done, Work work, bool isLeft)
    {
        var bytes = work.Result!.Outputs.Sum(output => output.Length);
        foreach (var directory in done.Select(intent => Path.Combine(_services.Store.Directory, intent.Directory)))
        {
            _services.Retired.Take(directory, bytes, isReusable: isLeft && directory == work.Directory);
        }
    }

    private StepStateRecord StateOf(Work work) => new(work.Step.Id, work.Closed!.Key, _runId, Now());

    /// <summary>Runs something off the loop's thread; whatever happens, a message comes back.</summary>
    private void Post(Work work, Func<Task<Message>> run)
    {
        _posted++;
        var workers = _services.Workers ?? (static answer => _ = Task.Run(answer));
        workers(() => AnswerAsync(work, run));
    }

    private async Task AnswerAsync(Work work, Func<Task<Message>> run)
    {
        try
        {
            _messages.Writer.TryWrite(await run().ConfigureAwait(false));
        }
        catch (FaultException faults)
        {
            // A place that nobody had looked at before cannot be used as it is described.
            _messages.Writer.TryWrite(new Message.Broken(faults));
        }
        catch (Exception exception)
        {
            // A bug of ours: the loop rethrows it, so that the run ends loudly instead of waiting for ever.
            _messages.Writer.TryWrite(new Message.Broken(new InvalidOperationException($"while working on '{work.Node}': {exception.Message}", exception)));
        }
    }

    private void Tell(RunEvent runEvent) => _services.Events.Send(runEvent);

    private DateTimeOffset Now() => _services.Clock.GetUtcNow();
}
