using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>Something in code that gives another value in another run or on another machine.</summary>
/// <param name="Syntax">Where it stands.</param>
/// <param name="Member">What is used, such as <c>DateTime.Now</c>.</param>
/// <param name="Impurity">In what way it is impure.</param>
internal sealed record Use(SyntaxNode Syntax, string Member, Impurity Impurity)
{
    /// <summary>The finding.</summary>
    /// <param name="caller">The defining code that gets there through calls; null when it stands in it.</param>
    public Diagnostic ToFinding(string? caller) => Finding.Of(
        Impurity.Rule, Syntax, $"'{Member}' {Impurity.What} while the workflow is defined{(caller is null ? string.Empty : $", called by '{caller}'")}", Impurity.Advice);
}
