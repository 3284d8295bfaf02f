using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Scheduling;

/// <summary>Words for tokens that are limited and that no step asks for: a misspelt name would limit nothing.</summary>
public static class UnknownTokens
{
    /// <summary>Tells of each such token.</summary>
    /// <param name="capacity">What there is.</param>
    /// <param name="steps">All steps.</param>
    /// <returns>A sentence for each, in the order of the names; none when every token is asked for.</returns>
    public static IReadOnlyList<string> Of(Resources capacity, IEnumerable<StepInstance> steps)
    {
        ArgumentNullException.ThrowIfNull(capacity);
        if (capacity.Tokens is null)
        {
            return [];
        }

        var asked = steps.SelectMany(step => step.Resources.Tokens?.Keys ?? []).ToHashSet(StringComparer.Ordinal);
        return [.. capacity.Tokens.Keys.Where(name => !asked.Contains(name)).Order(StringComparer.Ordinal).Select(name => Sentence(name, asked))];
    }

    private static string Sentence(string name, IEnumerable<string> asked) =>
        $"no step asks for the token '{name}' of --tokens" + (Nearest.To(name, asked) is { } near ? $"; did you mean '{near}'?" : string.Empty);
}
