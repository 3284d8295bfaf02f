using ScaleMs.Core.Model;

namespace ScaleMs.Core.Explaining;

/// <summary>A pattern over step ids: <c>*</c> stands for any text and <c>?</c> for one character; nothing else is special.</summary>
/// <remarks>Matches the whole id, or the whole name of a task, which then means all its steps.</remarks>
/// <param name="text">The pattern.</param>
public sealed class StepPattern(string text)
{
    /// <summary>Whether a step is meant.</summary>
    /// <param name="step">The step.</param>
    /// <returns>Whether its id, or its task's name, matches.</returns>
    public bool Matches(StepId step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Matches(step.ToString()) || Matches(step.Task);
    }

    /// <summary>Goes through both texts once; on a mismatch the last star takes one character more.</summary>
    private bool Matches(string name)
    {
        var (i, star, resume) = (0, -1, 0);
        for (var at = 0; at < name.Length;)
        {
            if (i < text.Length && text[i] == '*')
            {
                (star, resume) = (i++, at);
            }
            else if (i < text.Length && (text[i] == '?' || text[i] == name[at]))
            {
                (i, at) = (i + 1, at + 1);
            }
            else if (star >= 0)
            {
                (i, at) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return text.AsSpan(i).TrimStart('*').IsEmpty;
    }

    /// <inheritdoc/>
    public override string ToString() => text;
}
