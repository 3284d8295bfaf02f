using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>What there is of cores, memory, graphics processors and named tokens, and what is free of it; some tokens may be shared with others.</summary>
/// <remarks>A step that asks for more than there is claims all there is: it must not wait for ever. Not thread-safe.</remarks>
internal sealed class ResourcePool
{
    private readonly string[] _tokens;
    private readonly long[] _capacity;
    private readonly long[] _free;
    private readonly TokenPool _shared;
    private long _starts;

    /// <summary>Makes a pool of which all is free.</summary>
    /// <param name="capacity">What there is. A token that neither it nor what is shared names has no limit.</param>
    /// <param name="shared">Tokens that are shared; of those that the capacity names too, the capacity's count.</param>
    public ResourcePool(Resources capacity, TokenPool shared)
    {
        _tokens = capacity.Tokens is null ? [] : [.. capacity.Tokens.Keys];
        _shared = shared;
        _capacity = new long[Claim.FirstToken + _tokens.Length];
        PutOwn(capacity, _capacity);
        _free = [.. _capacity];
    }

    /// <summary>Whether a core is free: without one, no step can be admitted.</summary>
    public bool HasFreeCpus => _free[Claim.Cpus] > 0;

    /// <summary>How many steps of others have taken shared tokens so far.</summary>
    public long StartsOfOthers => _shared.Starts - _starts;

    /// <summary>What a step claims: what it asks for, no more than there is, and at least a core.</summary>
    public Claim ClaimOf(Resources wanted)
    {
        var amounts = new long[_free.Length + _shared.Names.Length];
        PutOwn(wanted, amounts);
        for (var i = 0; i < _free.Length; i++)
        {
            amounts[i] = Math.Clamp(amounts[i], i == Claim.Cpus ? 1 : 0, _capacity[i]);
        }

        PutShared(wanted, amounts);
        return new Claim(amounts);
    }

    /// <summary>Whether a claim can be taken now.</summary>
    public bool Fits(Claim claim)
    {
        for (var i = 0; i < claim.Amounts.Length; i++)
        {
            if (claim.Amounts[i] > 0 && claim.Amounts[i] > Free(i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a claim cannot be taken now for nothing but want of shared tokens.</summary>
    public bool LacksOnlyShared(Claim claim)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (claim.Amounts[i] > _free[i])
            {
                return false;
            }
        }

        return !Fits(claim);
    }

    /// <summary>Whether a claim can be taken now without delaying another one: it takes nothing of what that still lacks, and leaves what it needs of the rest.</summary>
    public bool FitsBeside(Claim claim, Claim held)
    {
        for (var i = 0; i < claim.Amounts.Length; i++)
        {
            if (claim.Amounts[i] > 0 && claim.Amounts[i] > Free(i) - held.Amounts[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a claim that fits.</summary>
    public void Take(Claim claim)
    {
        Move(claim, -1);
        var before = _shared.Starts;
        _shared.Take(SharedOf(claim));
        _starts += _shared.Starts - before;
    }

    /// <summary>Gives a claim back.</summary>
    public void Return(Claim claim)
    {
        Move(claim, 1);
        _shared.Return(SharedOf(claim));
    }

    /// <summary>Keeps shared tokens from others until a claim can be taken.</summary>
    /// <param name="claim">The claim; null when nothing is held any more.</param>
    public void Hold(Claim? claim)
    {
        _shared.EndHold(this);
        if (claim is not null)
        {
            _shared.HoldFor(this, SharedOf(claim));
        }
    }

    private void PutOwn(Resources resources, long[] amounts)
    {
        (amounts[Claim.Cpus], amounts[Claim.Memory], amounts[Claim.Gpus]) = (resources.Cpus, resources.MemoryBytes, resources.Gpus);
        for (var i = 0; i < _tokens.Length; i++)
        {
            amounts[Claim.FirstToken + i] = resources.Tokens?.GetValueOrDefault(_tokens[i]) ?? 0;
        }
    }

    private void PutShared(Resources wanted, long[] amounts)
    {
        for (var i = 0; i < _shared.Names.Length; i++)
        {
            var isOwn = Array.IndexOf(_tokens, _shared.Names[i]) >= 0;
            amounts[_free.Length + i] = isOwn ? 0 : _shared.AmountOf(i, wanted);
        }
    }

    private long Free(int index) => index < _free.Length ? _free[index] : _shared.FreeFor(this, index - _free.Length);

    private ReadOnlySpan<long> SharedOf(Claim claim) => claim.Amounts.AsSpan(_free.Length);

    private void Move(Claim claim, int sign)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            _free[i] += sign * claim.Amounts[i];
        }
    }
}
