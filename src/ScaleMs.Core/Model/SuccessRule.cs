using System.Text.RegularExpressions;

namespace ScaleMs.Core.Model;

/// <summary>When a step that ran counts as done: data, never code that runs later.</summary>
/// <param name="AllowedExitCodes">Exit codes that are no failure, in ascending order; by default only 0.</param>
/// <param name="Conditions">All must hold.</param>
public sealed record SuccessRule(IReadOnlyList<int> AllowedExitCodes, IReadOnlyList<SuccessCondition> Conditions)
{
    /// <summary>Exit code 0 and nothing more.</summary>
    public static SuccessRule Default { get; } = new([0], []);
}

/// <summary>One condition of a success rule.</summary>
/// <param name="Kind">What is looked at.</param>
/// <param name="Path">The file in the private directory; null for the step's standard error.</param>
/// <param name="Pattern">A .NET regular expression, culture-invariant, for the two text kinds.</param>
/// <param name="Otherwise">What it means when the condition does not hold, as a sentence for the user.</param>
public sealed record SuccessCondition(SuccessKind Kind, ArtifactPath? Path, string Pattern, string Otherwise)
{
    /// <summary>Whether a text satisfies the pattern, for the two text kinds.</summary>
    /// <param name="text">The whole text looked at.</param>
    /// <returns>Whether the condition holds.</returns>
    public bool HoldsFor(string text) =>
        Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline) == (Kind == SuccessKind.TextMatches);
}

/// <summary>What a success condition looks at.</summary>
public enum SuccessKind
{
    /// <summary>A file exists.</summary>
    FileExists,

    /// <summary>A text matches a pattern.</summary>
    TextMatches,

    /// <summary>A text does not match a pattern.</summary>
    TextDoesNotMatch,
}
