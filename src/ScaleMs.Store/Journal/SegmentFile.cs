namespace ScaleMs.Store.Journal;

/// <summary>A segment and how much of it there is, or was taken.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">In bytes.</param>
internal sealed record SegmentFile(SegmentName Name, long Length);
