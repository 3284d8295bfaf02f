using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>Named tokens that several <see cref="ReadyQueue"/>s share: there are as many licences wherever their holders run.</summary>
/// <remarks>A queue may hold tokens for a step; then the others leave them alone. Of two that hold, the one that began first goes first. Not thread-safe.</remarks>
public sealed class TokenPool
{
    private readonly string[] _names;
    private readonly long[] _capacity;
    private readonly long[] _free;
    private readonly List<Hold> _holds = [];

    /// <summary>Makes a pool of which all is free.</summary>
    /// <param name="counts">How many there are of each; null for none. A token that is not named has no limit.</param>
    public TokenPool(IReadOnlyDictionary<string, int>? counts)
    {
        _names = counts is null ? [] : [.. counts.Keys];
        _capacity = new long[_names.Length];
        for (var i = 0; i < _names.Length; i++)
        {
            _capacity[i] = counts![_names[i]];
        }

        _free = [.. _capacity];
    }

    internal string[] Names => _names;

    /// <summary>How many steps have taken tokens so far.</summary>
    internal long Starts { get; private set; }

    /// <summary>How many tokens a queue may take: not those that are held for another one that came first.</summary>
    internal long FreeFor(ResourcePool asker, int token)
    {
        var free = _free[token];
        foreach (var hold in _holds)
        {
            if (hold.Owner == asker)
            {
                break;
            }

            free -= hold.Amounts[token];
        }

        return free;
    }

    internal void Take(ReadOnlySpan<long> amounts)
    {
        Starts += Move(amounts, -1) ? 1 : 0;
    }

    internal void Return(ReadOnlySpan<long> amounts) => Move(amounts, 1);

    internal void HoldFor(ResourcePool owner, ReadOnlySpan<long> amounts)
    {
        if (IsAny(amounts))
        {
            _holds.Add(new Hold(owner, amounts.ToArray()));
        }
    }

    internal void EndHold(ResourcePool owner) => _holds.RemoveAll(hold => hold.Owner == owner);

    /// <summary>How many of a token a step claims: what it asks for, no more than there is.</summary>
    internal long AmountOf(int token, Resources wanted) => Math.Clamp(wanted.Tokens?.GetValueOrDefault(_names[token]) ?? 0, 0, _capacity[token]);

    private bool Move(ReadOnlySpan<long> amounts, int sign)
    {
        for (var i = 0; i < amounts.Length; i++)
        {
            _free[i] += sign * amounts[i];
        }

        return IsAny(amounts);
    }

    private static bool IsAny(ReadOnlySpan<long> amounts)
    {
        foreach (var amount in amounts)
        {
            if (amount != 0)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Hold(ResourcePool Owner, long[] Amounts);
}
