namespace ScaleMs.Core.Scheduling;

/// <summary>What a step takes of each resource of a pool, in the pool's order: cores, memory, graphics processors, then its tokens.</summary>
/// <remarks>Equal by value. Cores come first, since every step takes one.</remarks>
internal sealed class Claim(long[] amounts) : IEquatable<Claim>
{
    /// <summary>The place of the cores.</summary>
    public const int Cpus = 0;

    /// <summary>The place of the memory, bytes.</summary>
    public const int Memory = 1;

    /// <summary>The place of the graphics processors.</summary>
    public const int Gpus = 2;

    /// <summary>The place of the first token.</summary>
    public const int FirstToken = 3;

    /// <summary>The amounts; nobody changes them.</summary>
    public long[] Amounts { get; } = amounts;

    /// <inheritdoc/>
    public bool Equals(Claim? other) => other is not null && Amounts.AsSpan().SequenceEqual(other.Amounts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Claim);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17L;
        foreach (var amount in Amounts)
        {
            hash = unchecked((hash * 31) + amount);
        }

        return hash.GetHashCode();
    }
}
