using System.Globalization;

namespace ScaleMs.Store.Journal;

/// <summary>A place in the journal: segments in order of their epochs, bytes in order inside a segment. The sequence number of the store.</summary>
/// <param name="Epoch">The segment's epoch; 0 before the first.</param>
/// <param name="Offset">Bytes of that segment that were taken.</param>
public readonly record struct JournalPosition(long Epoch, long Offset) : IComparable<JournalPosition>
{
    /// <summary>Before everything.</summary>
    public static JournalPosition Start => default;

    /// <inheritdoc/>
    public int CompareTo(JournalPosition other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Offset.CompareTo(other.Offset);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}:{Offset}");

    /// <summary>Order in the journal.</summary>
    public static bool operator <(JournalPosition left, JournalPosition right) => left.CompareTo(right) < 0;

    /// <summary>Order in the journal.</summary>
    public static bool operator >(JournalPosition left, JournalPosition right) => left.CompareTo(right) > 0;

    /// <summary>Order in the journal.</summary>
    public static bool operator <=(JournalPosition left, JournalPosition right) => left.CompareTo(right) <= 0;

    /// <summary>Order in the journal.</summary>
    public static bool operator >=(JournalPosition left, JournalPosition right) => left.CompareTo(right) >= 0;
}
