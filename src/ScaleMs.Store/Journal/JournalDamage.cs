namespace ScaleMs.Store.Journal;

/// <summary>A stretch of the journal whose checksum is wrong. It was passed over: what it said is forgotten, the rest holds.</summary>
/// <param name="Segment">The segment's file name.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
public sealed record JournalDamage(string Segment, long Offset, long Length)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"journal/{Segment}: {Length} damaged bytes at offset {Offset} were passed over; the steps they spoke of may run again";
}
