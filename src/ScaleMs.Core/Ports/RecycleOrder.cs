namespace ScaleMs.Core.Ports;

/// <summary>What a directory is to hold that is made out of a former one.</summary>
/// <param name="Folders">Paths in it, relative with <c>/</c>, parents first: empty folders.</param>
/// <param name="EmptyFile">A file in it that may stay if it is empty.</param>
/// <param name="MostSpares">How many of its files may be kept beside the folders, with whatever they hold, to be copied over.</param>
public sealed record RecycleOrder(IReadOnlyList<string> Folders, string EmptyFile, int MostSpares);
