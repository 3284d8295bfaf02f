using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>Finds secrets that were written into texts: what stands there is no value, so the step would not do what its author meant.</summary>
internal static class SecretTexts
{
    /// <summary>A fault for each kind of place that holds one.</summary>
    public static IEnumerable<Fault> Of(StepInstance step) => Places(step)
        .Where(place => place.Text.Contains(Secret.TextStart, StringComparison.Ordinal))
        .DistinctBy(place => place.Name, StringComparer.Ordinal)
        .Select(place => SecretFaults.InText(step, place.Name, Found(place.Text)));

    private static IEnumerable<Place> Places(StepInstance step) => InOperation(step.Operation)
        .Concat(step.Environment.Values.Select(text => new Place("a variable", text)))
        .Concat(step.Parameters.Select(pair => new Place("a parameter", pair.Value)))
        .Concat(step.Templates.SelectMany(template => template.Values).Select(pair => new Place("a template's value", pair.Value)));

    private static IEnumerable<Place> InOperation(Operation operation) => operation switch
    {
        Operation.Commands commands => commands.List.SelectMany(command => command.AllArguments.Select(text => new Place("an argument", text))
            .Append(new Place("the standard input", command.StandardInput ?? string.Empty))),
        Operation.Function function => function.Arguments.Select(pair => new Place("an argument", pair.Value)),
        _ => [],
    };

    private static string Found(string text)
    {
        var start = text.IndexOf(Secret.TextStart, StringComparison.Ordinal);
        var end = text.IndexOf(')', start);
        return end < 0 ? text[start..] : text[start..(end + 1)];
    }

    private sealed record Place(string Name, string Text);
}
