using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>Steps that are ready to start, by rank, and the resources that admit them.</summary>
/// <remarks>
/// The first in rank that fits is started. Resources are held for one step at a time: for one that <see cref="Patience"/> starts of lower rank passed
/// over since it did not fit, or for the oldest one when <see cref="MostYounger"/> steps more were started than had become ready with it or before. While they are held, only such
/// steps start as cannot delay it: they take nothing of what it still lacks. A decision looks at one step for each distinct claim, twice at most.
/// Tokens may be shared with other queues; they are held in the same way for a step that waited while <see cref="MostElsewhere"/> steps of others got some. Not thread-safe.
/// </remarks>
/// <param name="capacity">What there is. A token that neither it nor what is shared names has no limit.</param>
/// <param name="shared">Tokens that other queues give away too; null for none.</param>
public sealed class ReadyQueue(Resources capacity, TokenPool? shared = null)
{
    /// <summary>How many steps of other queues may get shared tokens while a step here waits for nothing else.</summary>
    public const int MostElsewhere = 10;

    private readonly ResourcePool _pool = new(capacity, shared ?? new TokenPool(null));
    private readonly Dictionary<Claim, Lane> _lanes = [];
    private readonly List<Lane> _open = [];
    private readonly Queue<ReadyStep> _byAge = new();
    private readonly bool[] _isInUse = new bool[capacity.Gpus];
    private long _arrived;
    private long _arrivedBefore;
    private long _gone;
    private ReadyStep? _held;
    private Batch _batch = new();

    /// <summary>How many starts of lower rank may pass over a step that does not fit; by default twice as many as there are cores.</summary>
    public int Patience { get; init; } = 2 * capacity.Cpus;

    /// <summary>How many more steps than became ready with the oldest one, or before, may be started before it; 1,000 by default.</summary>
    public int MostYounger { get; init; } = 1000;

    /// <summary>How many steps wait.</summary>
    public long Count => _arrived - _gone;

    /// <summary>How many waiting steps were looked at in all decisions so far: what they cost.</summary>
    public long Looks { get; private set; }

    /// <summary>The step for which resources are held; null when they are held for none.</summary>
    public int? HeldFor => _held?.Item;

    /// <summary>Adds a step.</summary>
    /// <param name="item">Its number; among steps of one priority the smaller number goes first.</param>
    /// <param name="wanted">What it needs; what there is not so much of is given whole.</param>
    /// <param name="priority">The length of the chain that hangs on it, seconds.</param>
    public void Add(int item, Resources wanted, double priority)
    {
        var lane = LaneOf(_pool.ClaimOf(wanted));
        var step = new ReadyStep(item, priority, _batch, lane.Claim);
        lane.OthersBefore = lane.First is null ? _pool.StartsOfOthers : lane.OthersBefore;
        _arrived++;
        lane.Add(step);
        _byAge.Enqueue(step);
    }

    /// <summary>Takes the step that is to start next.</summary>
    /// <returns>The step with what it holds; null when none can start now.</returns>
    public Admission? Take()
    {
        if (Count == 0 || !_pool.HasFreeCpus)
        {
            return null;
        }

        if (_held is null)
        {
            Hold(TooOld() ?? Overtaken());
        }

        if (_held is { } held && _pool.Fits(held.Claim))
        {
            Hold(null);
            return Admit(held);
        }

        if (FirstThatFits() is not { } first)
        {
            return null;
        }

        PassOver(first);
        return Admit(first);
    }

    /// <summary>Takes out a step that will not start, whatever is free.</summary>
    /// <returns>The number of the oldest step; null when none waits.</returns>
    public int? Drop()
    {
        if (Oldest() is not { } oldest)
        {
            return null;
        }

        Hold(null);
        Leave(oldest);
        return oldest.Item;
    }

    /// <summary>Gives back what a step held.</summary>
    /// <param name="admission">The step; to be given back once.</param>
    public void Return(Admission admission)
    {
        ArgumentNullException.ThrowIfNull(admission);
        _pool.Return(admission.Claim);
        foreach (var device in admission.Devices)
        {
            _isInUse[device] = false;
        }
    }

    private Lane LaneOf(Claim claim)
    {
        if (!_lanes.TryGetValue(claim, out var lane))
        {
            _lanes[claim] = lane = new Lane(claim);
            _open.Add(lane);
        }

        return lane;
    }

    private ReadyStep? Oldest()
    {
        while (_byAge.TryPeek(out var oldest) && oldest.IsGone)
        {
            _byAge.Dequeue();
        }

        return _byAge.TryPeek(out var waiting) ? waiting : null;
    }

    private ReadyStep? TooOld() => Oldest() is { Batch.End: { } end } oldest && _gone >= end + MostYounger ? oldest : null;

    private ReadyStep? FirstThatFits()
    {
        ReadyStep? first = null;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            Looks++;
            if (_open[i].First is not { } step)
            {
                Close(i);
            }
            else if ((first is null || step.RanksBefore(first)) && (_held is null ? _pool.Fits(step.Claim) : _pool.FitsBeside(step.Claim, _held.Claim)))
            {
                first = step;
            }
        }

        return first;
    }

    private void Close(int index)
    {
        _lanes.Remove(_open[index].Claim);
        _open[index] = _open[^1];
        _open.RemoveAt(_open.Count - 1);
    }

    /// <summary>Counts the start of a step for those before it in rank, none of which fits; resources are held for one of which it is enough.</summary>
    private void PassOver(ReadyStep started)
    {
        ReadyStep? enough = null;
        foreach (var lane in _open)
        {
            Looks++;
            if (lane.Claim == started.Claim || !lane.First!.RanksBefore(started))
            {
                continue;
            }

            if (++lane.PassedOver >= Patience && (enough is null || lane.First.RanksBefore(enough)))
            {
                enough = lane.First;
            }
        }

        Hold(_held ?? enough);
    }

    private void Hold(ReadyStep? step)
    {
        if (step != _held)
        {
            _held = step;
            _pool.Hold(step?.Claim);
        }
    }

    /// <summary>The step that waits for nothing but tokens, while steps of other queues got some often enough.</summary>
    private ReadyStep? Overtaken()
    {
        ReadyStep? first = null;
        for (var i = 0; i < _open.Count && _pool.StartsOfOthers > 0; i++)
        {
            if (_pool.StartsOfOthers - _open[i].OthersBefore >= MostElsewhere && _open[i].First is { } step && (first is null || step.RanksBefore(first)) && _pool.LacksOnlyShared(step.Claim))
            {
                first = step;
            }
        }

        return first;
    }

    private Admission Admit(ReadyStep step)
    {
        _pool.Take(step.Claim);
        var lane = _lanes[step.Claim];
        (lane.PassedOver, lane.OthersBefore) = (0, _pool.StartsOfOthers);
        Leave(step);
        CloseBatch();
        return new Admission(step, TakeDevices((int)step.Claim.Amounts[Claim.Gpus]));
    }

    private void CloseBatch()
    {
        if (_arrivedBefore != _arrived)
        {
            _batch.End = _arrivedBefore = _arrived;
            _batch = new Batch();
        }
    }

    private void Leave(ReadyStep step)
    {
        step.IsGone = true;
        _gone++;
    }

    private int[] TakeDevices(int count)
    {
        var devices = count == 0 ? [] : new int[count];
        for (var (device, taken) = (0, 0); taken < count; device++)
        {
            if (!_isInUse[device])
            {
                _isInUse[device] = true;
                devices[taken++] = device;
            }
        }

        return devices;
    }
}
