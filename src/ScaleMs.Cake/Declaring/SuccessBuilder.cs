using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Builds the conditions of a success rule: data, not code that runs later.</summary>
public sealed class SuccessBuilder
{
    private readonly List<SuccessCondition> _conditions = [];

    internal SuccessBuilder()
    {
    }

    internal IReadOnlyList<SuccessCondition> Conditions => _conditions;

    /// <summary>A file must exist.</summary>
    /// <param name="path">The file in the private directory.</param>
    /// <param name="otherwise">What it means when it does not.</param>
    /// <returns>This builder.</returns>
    public SuccessBuilder FileExists(string path, string otherwise = "")
    {
        _conditions.Add(new SuccessCondition(SuccessKind.FileExists, ArtifactPath.Parse(path), string.Empty, otherwise));
        return this;
    }

    /// <summary>The text of a file, or of the step's log, must match.</summary>
    /// <param name="pattern">A .NET regular expression; <c>^</c> and <c>$</c> match at lines.</param>
    /// <param name="otherwise">What it means when it does not.</param>
    /// <param name="path">The file in the private directory; null for the step's log.</param>
    /// <returns>This builder.</returns>
    public SuccessBuilder Matches(string pattern, string otherwise = "", string? path = null) =>
        Text(SuccessKind.TextMatches, pattern, otherwise, path);

    /// <summary>The text of a file, or of the step's log, must not match.</summary>
    /// <param name="pattern">A .NET regular expression; <c>^</c> and <c>$</c> match at lines.</param>
    /// <param name="otherwise">What it means when it does.</param>
    /// <param name="path">The file in the private directory; null for the step's log.</param>
    /// <returns>This builder.</returns>
    public SuccessBuilder DoesNotMatch(string pattern, string otherwise = "", string? path = null) =>
        Text(SuccessKind.TextDoesNotMatch, pattern, otherwise, path);

    private SuccessBuilder Text(SuccessKind kind, string pattern, string otherwise, string? path)
    {
        _conditions.Add(new SuccessCondition(kind, path is null ? null : ArtifactPath.Parse(path), pattern, otherwise));
        return this;
    }
}
