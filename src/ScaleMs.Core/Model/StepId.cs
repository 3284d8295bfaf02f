namespace ScaleMs.Core.Model;

/// <summary>The stable name of a step instance: <c>task/step[member]</c>, or <c>task[member]</c> where task and step share a name.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Step">The step's name inside the task; a recipe's steps carry its name in front: <c>prep.solvate</c>.</param>
/// <param name="Member">The member, such as <c>replica=3</c>; empty for a step that is not expanded.</param>
public sealed record StepId(string Task, string Step, string Member = "") : IComparable<StepId>
{
    private int _hash;

    // The hash is that of other parts.
    private StepId(StepId original) => (Task, Step, Member) = original;

    /// <summary>Counted once: every record, node and result is found by its instance.</summary>
    /// <returns>The hash code of the parts.</returns>
    public override int GetHashCode() => _hash != 0 ? _hash : _hash = HashCode.Combine(Step, Member) | 1;

    /// <inheritdoc/>
    public bool Equals(StepId? other) =>
        (object)this == other || (other is not null && Member == other.Member && Step == other.Step && Task == other.Task);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">Such as <c>simulate/mdrun[replica=3]</c>.</param>
    /// <returns>The id.</returns>
    public static StepId Parse(string text)
    {
        var member = string.Empty;
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket >= 0 && text.EndsWith(']'))
        {
            member = text[(bracket + 1)..^1];
            text = text[..bracket];
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new StepId(text, text, member) : new StepId(text[..slash], text[(slash + 1)..], member);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var name = Task == Step ? Task : $"{Task}/{Step}";
        return Member.Length == 0 ? name : $"{name}[{Member}]";
    }

    /// <summary>Orders by the text's parts, ordinally.</summary>
    /// <param name="other">The id to compare with; null comes before every id.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(StepId? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byTask = string.CompareOrdinal(Task, other.Task);
        if (byTask != 0)
        {
            return byTask;
        }

        var byStep = string.CompareOrdinal(Step, other.Step);
        return byStep != 0 ? byStep : string.CompareOrdinal(Member, other.Member);
    }

    /// <summary>Order of the parts.</summary>
    public static bool operator <(StepId left, StepId right) => left.CompareTo(right) < 0;

    /// <summary>Order of the parts.</summary>
    public static bool operator >(StepId left, StepId right) => left.CompareTo(right) > 0;

    /// <summary>Order of the parts.</summary>
    public static bool operator <=(StepId left, StepId right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the parts.</summary>
    public static bool operator >=(StepId left, StepId right) => left.CompareTo(right) >= 0;
}
