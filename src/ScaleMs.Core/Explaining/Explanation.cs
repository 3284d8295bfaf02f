using ScaleMs.Core.Model;

namespace ScaleMs.Core.Explaining;

/// <summary>Why a step instance stands where it stands.</summary>
/// <param name="Step">The instance.</param>
/// <param name="Verdict">What is to be done with it, such as <c>will run</c>.</param>
/// <param name="Because">The causes, the telling ones first.</param>
public sealed record Explanation(StepId Step, string Verdict, IReadOnlyList<Cause> Because);

/// <summary>One cause in words, and what it follows from.</summary>
/// <param name="Text">A sentence without a full stop.</param>
/// <param name="From">What it follows from, upstream; none where the chain begins.</param>
public sealed record Cause(string Text, IReadOnlyList<Cause> From)
{
    /// <summary>A cause with which a chain begins.</summary>
    /// <param name="text">A sentence without a full stop.</param>
    public Cause(string text)
        : this(text, [])
    {
    }
}
