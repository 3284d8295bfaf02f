namespace ScaleMs;

/// <summary>A declared parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as text; the same for all spellings of one value.</param>
/// <param name="Origin">Where the value comes from: <c>--set</c>, a file with its line, an environment variable or <c>default</c>.</param>
/// <param name="Default">The value when none is given.</param>
/// <param name="Description">What it is.</param>
public sealed record ParameterInfo(string Name, string Value, string Origin, string Default, string Description)
{
    /// <summary>The origin of a value that nobody gave.</summary>
    internal const string DefaultOrigin = "default";

    /// <summary>The unit of the value; empty for none.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>What may be given, in words; empty for any text.</summary>
    public string Range { get; init; } = string.Empty;
}
