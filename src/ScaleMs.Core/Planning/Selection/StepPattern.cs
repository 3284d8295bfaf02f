using ScaleMs.Core.Model;

namespace ScaleMs.Core.Planning.Selection;

/// <summary>Names step instances: <c>simulate[replica=3]</c>, <c>simulate[*]</c>, <c>simulate*</c>, or a task's name for all its steps.</summary>
/// <remarks>Only <c>*</c> (any text) and <c>?</c> (one character) are special; everything else stands for itself, brackets too.</remarks>
/// <param name="Text">The pattern.</param>
public sealed record StepPattern(string Text)
{
    /// <summary>Reads a pattern as it was given; a pair of quotes around it, which some shells leave there, is taken off.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The pattern.</returns>
    public static StepPattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new StepPattern(text is ['\'', _, .., '\''] or ['"', _, .., '"'] ? text[1..^1] : text);
    }

    /// <summary>Whether it names an instance.</summary>
    /// <param name="id">The instance.</param>
    /// <returns>Whether the whole id, or the whole name of its task, fits.</returns>
    public bool Matches(StepId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Wildcards.Fit(Text, id.ToString()) || Wildcards.Fit(Text, id.Task);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
