namespace ScaleMs.Launchers.Local;

/// <summary>What is left of a command whose leader has ended.</summary>
/// <param name="Members">Processes that are known to be of it.</param>
/// <param name="IsCertain">Whether there can be no others, whatever they did to their session and environment.</param>
internal sealed record Remains(IReadOnlyList<int> Members, bool IsCertain);
