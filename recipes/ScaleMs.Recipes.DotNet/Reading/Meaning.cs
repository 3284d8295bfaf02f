namespace ScaleMs.Recipes.DotNet;

/// <summary>What a text with properties may stand for.</summary>
/// <param name="Texts">What it is known to stand for; nothing when it names only what is made by the build or comes with the SDK and the packages.</param>
/// <param name="IsClear">Whether that is all.</param>
internal sealed record Meaning(IReadOnlyList<string> Texts, bool IsClear)
{
    /// <summary>It names nothing that the workspace holds.</summary>
    public static Meaning Elsewhere { get; } = new([], true);

    /// <summary>Only MSBuild knows.</summary>
    public static Meaning Unclear { get; } = new([], false);

    /// <summary>Either of several.</summary>
    public static Meaning Any(IReadOnlyList<Meaning> meanings) => new([.. meanings.SelectMany(meaning => meaning.Texts).Distinct(StringComparer.Ordinal)], meanings.All(meaning => meaning.IsClear));

    /// <summary>This, and then another one.</summary>
    public Meaning Then(Meaning next) => new([.. Texts.SelectMany(_ => next.Texts, (text, rest) => text + rest)], IsClear && next.IsClear);
}
