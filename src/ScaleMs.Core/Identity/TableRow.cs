namespace ScaleMs.Core.Identity;

/// <summary>A line of a table that counts.</summary>
/// <param name="Cells">Its fields.</param>
/// <param name="HasNumber">Whether one of them is a number.</param>
public sealed record TableRow(IReadOnlyList<string> Cells, bool HasNumber);
