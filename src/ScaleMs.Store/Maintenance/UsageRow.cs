namespace ScaleMs.Store.Maintenance;

/// <summary>A line of a <see cref="UsageReport"/>.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Bytes">The length of its files together.</param>
/// <param name="Files">How many files.</param>
public sealed record UsageRow(string Name, long Bytes, int Files);
