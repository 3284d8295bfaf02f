using System.Globalization;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Explaining;

/// <summary>What is recorded beside the components of a key, only to explain: where an input came from, and what a small text said.</summary>
/// <remarks>Notes never enter a key. They are kept in the list of components under names of their own, and old records have none.</remarks>
public static class KeyNote
{
    private const string Prefix = "note/";
    private const string Input = Prefix + "input/";
    private const string Text = Prefix + "text/";
    private const string Tree = Prefix + "tree/";
    private const string Compared = Prefix + "compared/";
    private const char Tab = '\t';

    /// <summary>Whether a component is a note.</summary>
    /// <param name="name">The component's name.</param>
    /// <returns>False for what the key was made of.</returns>
    public static bool Is(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>Notes that an input, or a template, is a file that the user keeps.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The note.</returns>
    public static KeyComponent OfFile(ArtifactPath name, string path, long length) =>
        new(Input + name, string.Create(CultureInfo.InvariantCulture, $"file{Tab}{length}{Tab}{path}"));

    /// <summary>Notes that an input was made by a step.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="source">The producer's output.</param>
    /// <returns>The note.</returns>
    public static KeyComponent OfStep(ArtifactPath name, InputSource.StepOutput source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new(Input + name, $"step{Tab}{source.Output}{Tab}{source.Step}");
    }

    /// <summary>Notes what a text said.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="fields">Its fields, as <see cref="TextFields.Write"/> gives them.</param>
    /// <returns>The note.</returns>
    public static KeyComponent OfText(ArtifactPath name, string fields)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new(TextName(name.Value), fields);
    }

    /// <summary>Notes what a directory held.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="entries">Its entries, as <see cref="TreeChanges.Write"/> gives them.</param>
    /// <returns>The note.</returns>
    public static KeyComponent OfTree(ArtifactPath name, string entries) => new(Tree + name, entries);

    /// <summary>Notes how an input's producer compared it with the one before, which it left behind.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="compared">How.</param>
    /// <returns>The note.</returns>
    public static KeyComponent OfCompared(ArtifactPath name, ComparedOutput compared)
    {
        ArgumentNullException.ThrowIfNull(compared);
        return new(Compared + name, $"{compared.Former}{Tab}{compared.Made}{Tab}{compared.Difference}");
    }

    /// <summary>What told an input from the one before, by value.</summary>
    /// <param name="values">Components by name.</param>
    /// <param name="name">The logical name.</param>
    /// <param name="before">The bytes before.</param>
    /// <param name="now">The present bytes.</param>
    /// <returns>The difference; null when it was not noted, or is one between others.</returns>
    internal static string? DifferenceOf(IReadOnlyDictionary<string, string> values, string name, string? before, string? now) =>
        values.TryGetValue(Compared + name, out var value) && value.Split(Tab, 3) is [var former, var made, var difference] && former == before && made == now ? difference : null;

    /// <summary>What a directory held.</summary>
    /// <param name="values">Components by name.</param>
    /// <param name="name">The logical name.</param>
    /// <returns>Its entries; null when they were not noted.</returns>
    internal static string? TreeOf(IReadOnlyDictionary<string, string> values, string name) => values.GetValueOrDefault(Tree + name);

    /// <summary>The name under which a text is noted.</summary>
    /// <param name="name">The logical name.</param>
    internal static string TextName(string name) => Text + name;

    /// <summary>What a text said.</summary>
    /// <param name="values">Components by name.</param>
    /// <param name="name">The logical name.</param>
    /// <returns>Its fields; null when they were not noted.</returns>
    internal static string? TextOf(IReadOnlyDictionary<string, string> values, string name) => values.GetValueOrDefault(Text + name);

    /// <summary>Where an input came from.</summary>
    /// <param name="values">Components by name.</param>
    /// <param name="name">The logical name.</param>
    /// <returns>Its origin; null when it was not noted.</returns>
    internal static InputOrigin? OriginOf(IReadOnlyDictionary<string, string> values, string name) =>
        values.TryGetValue(Input + name, out var value) ? Origin(value.Split(Tab, 3)) : null;

    private static InputOrigin? Origin(string[] parts) => parts switch
    {
        ["file", var length, var path] when long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) => new InputOrigin(path, bytes, null),
        ["step", var output, var step] => new InputOrigin(output, null, StepId.Parse(step)),
        _ => null,
    };
}

/// <summary>Where an input came from.</summary>
/// <param name="Path">The file, or the producer's output.</param>
/// <param name="Length">The file's length in bytes; null for an output.</param>
/// <param name="Producer">The producer; null for a file.</param>
internal sealed record InputOrigin(string Path, long? Length, StepId? Producer)
{
    /// <summary>The last part of the path, as people call the file.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
