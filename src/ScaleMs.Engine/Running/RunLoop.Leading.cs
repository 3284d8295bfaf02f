using ScaleMs.Core.Events;
using ScaleMs.Core.Keys;

namespace ScaleMs.Engine.Running;

/// <content>Of the runs that share results, one makes what several want; the others wait for it and hold nothing meanwhile.</content>
internal sealed partial class RunLoop
{
    /// <summary>How many leads are looked at in a row; with more that wait, each is looked at less often.</summary>
    private const int MostLooks = 256;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>What this run makes and others wait for.</summary>
    private readonly HashSet<ActionKey> _led = [];

    /// <summary>What other runs made meanwhile. Where that did not serve, it is made here.</summary>
    private readonly HashSet<ActionKey> _madeElsewhere = [];

    private readonly HashSet<ActionKey> _toldToWait = [];
    private readonly Queue<Work> _followers = new();
    private TimeSpan _untilLook = ShortestWait;
    private bool _isLooking;

    /// <summary>Asks to make what others may be making, when its turn has come: what waits for its turn, another run may begin first.</summary>
    private bool AsksToLead(Work work)
    {
        var key = work.Closed!.Key;
        if (_services.Store.Leads is not { } leads || _led.Contains(key) || !MayBeShared(work))
        {
            return false;
        }

        work.Phase = Phase.Running;
        Post(work, () => Task.FromResult<Message>(new Message.Led(work, leads.Take(key))));
        return true;
    }

    /// <summary>Who has a result already wants the bytes or another try, and what runs always is everybody's own.</summary>
    private bool MayBeShared(Work work) => work.Forced is null && !work.Step.IsAlways && !_services.Store.State.Results.ContainsKey(work.Closed!.Key);

    private void OnLed(Message.Led led)
    {
        var work = led.Work;
        if (led.Leader is { } leader && !IsLeftRunning(work))
        {
            GiveBack(work);
            Follow(work, leader);
            return;
        }

        _led.Add(work.Closed!.Key);
        if (_isStopping || work.IsCancelled)
        {
            GiveBack(work);
            MakeReady(work);
        }
        else if (IsMadeElsewhere(work))
        {
            GiveBack(work);
            JudgeAgain(work);
        }
        else
        {
            Begin(work);
        }
    }

    /// <summary>Whether another run has recorded it since it was judged.</summary>
    private bool IsMadeElsewhere(Work work) => _services.Store.FindResult(work.Closed!.Key).Result is not null && _madeElsewhere.Add(work.Closed.Key);

    private void Follow(Work work, string leader)
    {
        if (_toldToWait.Add(work.Closed!.Key))
        {
            Tell(new RunEvent.StepFollowing(Now(), work.Step.Id, leader));
        }

        _untilLook = ShortestWait;
        _followers.Enqueue(work);
        LookLater();
    }

    private void LookLater()
    {
        if (_isLooking || _followers.Count == 0)
        {
            return;
        }

        _isLooking = true;
        var looked = new List<Work>();
        while (looked.Count < MostLooks && _followers.TryDequeue(out var work))
        {
            looked.Add(work);
        }

        var (leads, wait, woken) = (_services.Store.Leads!, _untilLook, UntilWoken());
        Post(looked[0], async () =>
        {
            await Task.Delay(wait, _services.Clock, woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var led = leads.LeadersOf([.. looked.Select(work => work.Closed!.Key)]);
            return new Message.Looked(looked.ToLookup(work => !led.ContainsKey(work.Closed!.Key)));
        });
    }

    private void OnLooked(ILookup<bool, Work> isFree)
    {
        _isLooking = false;
        foreach (var work in isFree[false])
        {
            _followers.Enqueue(work);
        }

        DropCancelledFollowers();
        var free = isFree[true].ToList();
        while (_isStopping && _followers.TryDequeue(out var work))
        {
            free.Add(work);
        }

        _untilLook = free.Count > 0 ? ShortestWait : TimeSpan.FromTicks(Math.Min(2 * _untilLook.Ticks, LongestWait.Ticks));
        free.ForEach(Awaken);
        LookLater();
    }

    /// <summary>Its leader is done: it is recorded, or one of those that waited makes it.</summary>
    private void Awaken(Work work)
    {
        if (!_isStopping && !work.IsCancelled && IsMadeElsewhere(work))
        {
            JudgeAgain(work);
        }
        else
        {
            MakeReady(work);
        }
    }

    /// <summary>It will not be made here now: another run may.</summary>
    private void StopLeading(Work work)
    {
        if (_led.Remove(work.Closed!.Key))
        {
            _services.Store.Leads?.GiveUp(work.Closed.Key);
        }
    }
}
