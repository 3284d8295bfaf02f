namespace ScaleMs.Store.Snapshots;

/// <summary>Where a record's line begins.</summary>
/// <param name="Hash">Eight bytes of the digest of what the record is found by.</param>
/// <param name="Offset">The line's offset in its segment.</param>
internal readonly record struct KeyRow(ulong Hash, long Offset);
