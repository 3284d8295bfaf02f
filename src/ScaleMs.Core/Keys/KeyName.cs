using System.Globalization;

namespace ScaleMs.Core.Keys;

/// <summary>The name of a key's part in pieces: <c>kind/item[index]/part[partIndex]</c>; put together only where somebody reads it.</summary>
/// <param name="Kind">What it is, such as <c>command</c>.</param>
/// <param name="Item">Which one by name; null for none.</param>
/// <param name="Index">Which one by number; negative for none.</param>
/// <param name="Part">What of it; null for the thing itself.</param>
/// <param name="PartIndex">Which of those; negative for none.</param>
internal readonly record struct KeyName(string Kind, string? Item = null, int Index = -1, string? Part = null, int PartIndex = -1)
{
    public override string ToString() =>
        string.Concat([Kind, Slash(Item), Item, Bracketed(Index), Slash(Part), Part, Bracketed(PartIndex)]);

    private static string? Slash(string? name) => name is null ? null : "/";

    private static string Bracketed(int index) => index < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"[{index}]");
}
