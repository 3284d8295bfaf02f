using ScaleMs.Core.Records;

namespace ScaleMs.Core.Ports;

/// <summary>An entry of a directory.</summary>
/// <param name="Name">Its name; what is not UTF-8 in it is U+FFFD, and then no path leads there.</param>
/// <param name="Stat">Its own stat tuple, that of the link for a link.</param>
/// <param name="Target">Where a link points, as it is written; null for anything else.</param>
public sealed record DiskEntry(string Name, FileStat Stat, string? Target);
