using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>Something wrong: what, where, and what to do, as in the faults that a run tells.</summary>
internal static class Finding
{
    /// <summary>The property that holds what a code fix writes in place of what was found.</summary>
    public const string Replacement = "replacement";

    /// <summary>The property that holds the advice.</summary>
    public const string Advice = "advice";

    /// <summary>A diagnostic of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="where">The place.</param>
    /// <param name="what">What is wrong, one sentence without a full stop.</param>
    /// <param name="advice">What to do.</param>
    /// <param name="replacement">What a code fix writes there; null when nothing is obvious.</param>
    public static Diagnostic Of(DiagnosticDescriptor rule, SyntaxNode where, string what, string advice, string? replacement = null) =>
        Diagnostic.Create(rule, where.GetLocation(), Properties(advice, replacement), what, advice);

    /// <summary>The same, at a place that is known by its location.</summary>
    public static Diagnostic Of(DiagnosticDescriptor rule, Location where, string what, string advice) =>
        Diagnostic.Create(rule, where, Properties(advice, null), what, advice);

    private static ImmutableDictionary<string, string?> Properties(string advice, string? replacement)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add(Advice, advice);
        return replacement is null ? properties : properties.Add(Replacement, replacement);
    }
}
