using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>Admits steps while cores, memory, graphics processors and named tokens last.</summary>
/// <remarks>A step that asks for more than there is gets all there is, alone: it must not wait for ever. Not thread-safe.</remarks>
/// <param name="capacity">What there is. A token that it does not name has no limit.</param>
public sealed class ResourcePool(Resources capacity)
{
    private readonly Dictionary<string, int> _tokens = new(capacity.Tokens ?? new Dictionary<string, int>(), StringComparer.Ordinal);
    private int _cpus = capacity.Cpus;
    private long _memory = capacity.MemoryBytes;
    private int _gpus = capacity.Gpus;

    /// <summary>Whether a core is free: without one, no step can be admitted.</summary>
    public bool HasFreeCpus => _cpus > 0;

    /// <summary>Takes what a step needs, all or nothing.</summary>
    /// <param name="wanted">What it needs.</param>
    /// <returns>Whether it was taken.</returns>
    public bool TryTake(Resources wanted)
    {
        var claim = Clamp(wanted);
        if (claim.Cpus > _cpus || claim.MemoryBytes > _memory || claim.Gpus > _gpus ||
            claim.Tokens!.Any(token => token.Value > _tokens[token.Key]))
        {
            return false;
        }

        Move(claim, -1);
        return true;
    }

    /// <summary>Gives back what a step took.</summary>
    /// <param name="wanted">What it asked for.</param>
    public void Return(Resources wanted) => Move(Clamp(wanted), 1);

    private Resources Clamp(Resources wanted) => new(
        Math.Clamp(wanted.Cpus, 1, capacity.Cpus),
        Math.Min(wanted.MemoryBytes, capacity.MemoryBytes),
        Math.Min(wanted.Gpus, capacity.Gpus),
        wanted.TimeLimit,
        (wanted.Tokens ?? new Dictionary<string, int>()).Where(token => _tokens.ContainsKey(token.Key))
            .ToDictionary(token => token.Key, token => Math.Min(token.Value, capacity.Tokens![token.Key]), StringComparer.Ordinal));

    private void Move(Resources claim, int sign)
    {
        _cpus += sign * claim.Cpus;
        _memory += sign * claim.MemoryBytes;
        _gpus += sign * claim.Gpus;
        foreach (var (name, count) in claim.Tokens!)
        {
            _tokens[name] += sign * count;
        }
    }
}
