using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>What there is of cores, memory, graphics processors and named tokens, and what is free of it.</summary>
/// <remarks>A step that asks for more than there is claims all there is: it must not wait for ever. Not thread-safe.</remarks>
internal sealed class ResourcePool
{
    private readonly string[] _tokens;
    private readonly long[] _capacity;
    private readonly long[] _free;

    /// <summary>Makes a pool of which all is free.</summary>
    /// <param name="capacity">What there is. A token that it does not name has no limit.</param>
    public ResourcePool(Resources capacity)
    {
        _tokens = capacity.Tokens is null ? [] : [.. capacity.Tokens.Keys];
        _capacity = AmountsOf(capacity);
        _free = [.. _capacity];
    }

    /// <summary>Whether a core is free: without one, no step can be admitted.</summary>
    public bool HasFreeCpus => _free[Claim.Cpus] > 0;

    /// <summary>What a step claims: what it asks for, no more than there is, and at least a core.</summary>
    public Claim ClaimOf(Resources wanted)
    {
        var amounts = AmountsOf(wanted);
        for (var i = 0; i < amounts.Length; i++)
        {
            amounts[i] = Math.Clamp(amounts[i], i == Claim.Cpus ? 1 : 0, _capacity[i]);
        }

        return new Claim(amounts);
    }

    /// <summary>Whether a claim can be taken now.</summary>
    public bool Fits(Claim claim)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (claim.Amounts[i] > _free[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a claim can be taken now without delaying another one: it takes nothing of what that still lacks, and leaves what it needs of the rest.</summary>
    public bool FitsBeside(Claim claim, Claim held)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (claim.Amounts[i] > 0 && claim.Amounts[i] > _free[i] - held.Amounts[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Takes a claim that fits.</summary>
    public void Take(Claim claim) => Move(claim, -1);

    /// <summary>Gives a claim back.</summary>
    public void Return(Claim claim) => Move(claim, 1);

    private void Move(Claim claim, int sign)
    {
        for (var i = 0; i < _free.Length; i++)
        {
            _free[i] += sign * claim.Amounts[i];
        }
    }

    private long[] AmountsOf(Resources resources)
    {
        var amounts = new long[Claim.FirstToken + _tokens.Length];
        (amounts[Claim.Cpus], amounts[Claim.Memory], amounts[Claim.Gpus]) = (resources.Cpus, resources.MemoryBytes, resources.Gpus);
        for (var i = 0; i < _tokens.Length; i++)
        {
            amounts[Claim.FirstToken + i] = resources.Tokens?.GetValueOrDefault(_tokens[i]) ?? 0;
        }

        return amounts;
    }
}
