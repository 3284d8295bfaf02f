using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Scheduling;

namespace ScaleMs.Engine.Running;

/// <content>Continuations: what is known lets the graph grow. The cost is that of what is new.</content>
internal sealed partial class RunLoop
{
    private static readonly Reason WentOn = new("known", "it is known what follows");
    private readonly Expander _expander;
    private readonly List<Fault> _faults = [];

    /// <summary>Told the name of a task when all its steps are known.</summary>
    public event Action<string>? Closed;

    /// <summary>What is wrong with parts of the definition that were written while running.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Whether a continuation could not go on for another reason than what it waits for.</summary>
    public bool ContinuationFailed { get; private set; }

    private void ConsiderContinuation(Work work, Continuation continuation)
    {
        if (_skipped.Contains(work.Node.Task))
        {
            Settle(work, Outcome.Skipped, SkippedByCriteria);
        }
        else if (_expander.IsExpanded(work.Node))
        {
            SettleExpanded(work);
        }
        else if (_isStopping)
        {
            Settle(work, Outcome.Cancelled, new Reason("stopped", "the run ended before it was known"));
        }
        else if (continuation.Source is { } source)
        {
            Read(work, source);
        }
        else
        {
            Expand(work, string.Empty, null);
        }
    }

    private void Read(Work work, InputSource.StepOutput source)
    {
        var producer = _works[Node(source.Step).Index];
        var content = producer.OutputOf(source.Output);
        if (_services.Inspector.PlaceOf(producer.Step, content) is not { } place)
        {
            Demand(work, producer, source.Output);
            return;
        }

        work.Phase = Phase.Running;
        var reader = new ContentReader(_services.Disk, _services.Store);
        Post(work, () => Task.FromResult<Message>(new Message.Known(work, reader.Read(place, content), content)));
    }

    private void OnKnown(Message.Known known)
    {
        var work = known.Work;
        var isStill = ContentOf(work)?.Bytes == known.Content.Bytes;
        if (known.Text is not null && isStill)
        {
            Expand(work, known.Text, known.Content);
        }
        else if (!isStill || work.Moves++ < MostMoves)
        {
            work.Phase = Phase.Waiting;
            _toJudge.Enqueue(work);
        }
        else
        {
            GiveUp(work, $"{work.Node} cannot be known: the bytes of its content are damaged. Run 'scalems verify --repair', then run again");
        }
    }

    private void Expand(Work work, string text, Core.Records.OutputRecord? content)
    {
        if (_isStopping)
        {
            Settle(work, Outcome.Cancelled, new Reason("stopped", "the run ended before it was known"));
            return;
        }

        var (added, faults) = _expander.Expand(work.Node, text, content);
        if (faults.Count > 0)
        {
            End(work, faults);
            return;
        }

        Grow(added);
        Settle(work, Outcome.Executed, WentOn);
        if (!_expander.IsOpenIn(work.Node.Task))
        {
            Closed?.Invoke(work.Node.Task);
        }
    }

    private void Grow(IReadOnlyList<GraphNode> added)
    {
        if (_graph.Nodes.Count > _priority.Length)
        {
            Array.Resize(ref _priority, Math.Max(_graph.Nodes.Count, 2 * _priority.Length));
        }

        CriticalPath.Extend(added, _priority, node => _expander.SecondsOf(node.Step!));
        _works.AddRange(added.Select(node => new Work(node)));
        Force(added.Select(node => _works[node.Index]));
        _unsettled += added.Count;
        foreach (var work in added.Select(node => _works[node.Index]))
        {
            Join(work, added[0].Index);
        }
    }

    /// <summary>What was settled before counts no more; the end of its task waits for it.</summary>
    private void Join(Work work, int first)
    {
        work.Waits -= work.Node.Producers.Concat(work.Node.Before).Count(before => _works[before.Index].IsSettledAgain);
        foreach (var dependent in work.Node.Dependents.Where(node => node.Index < first))
        {
            _works[dependent.Index].Waits++;
        }

        if (work.Waits == 0)
        {
            _toJudge.Enqueue(work);
        }
    }

    private void SettleExpanded(Work work)
    {
        if (_expander.IsFromOther(work.Node, ContentOf(work)))
        {
            // What was declared from the former content is in the graph already: going on would publish it.
            _isStopping = true;
            End(work, [Late.OtherContent(work.Node.Continuation!)]);
        }
        else
        {
            Settle(work, Outcome.Executed, WentOn);
        }
    }

    /// <summary>The step whose output it waits for was made again: what was declared from another content cannot be taken back.</summary>
    private void CheckContent(Work work)
    {
        if (_expander.IsExpanded(work.Node) && work is { Phase: Phase.Settled, IsGood: true } && ContentOf(work) is { } now && _expander.IsFromOther(work.Node, now))
        {
            Reopen(work, WentOn, isForced: false);
        }
    }

    private Core.Records.OutputRecord? ContentOf(Work work) =>
        work.Node.Continuation!.Source is { } source && _works[Node(source.Step).Index] is { Result: not null } producer ? producer.OutputOf(source.Output) : null;

    /// <summary>As after a step that failed: nothing new starts, or what does not follow from it goes on where that was asked for.</summary>
    private void End(Work work, IReadOnlyList<Fault> faults)
    {
        _faults.AddRange(faults);
        Fail(work, new Failure(FailureClass.SubmitError, faults[0].What), isFault: true);
    }

    private void GiveUp(Work work, string why)
    {
        Tell(new RunEvent.Noticed(Now(), "unknown", why));
        Fail(work, new Failure(FailureClass.StoreError, why), isFault: false);
    }
}
