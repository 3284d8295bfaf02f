using System.Globalization;

namespace ScaleMs.Core.Planning.Documents;

/// <summary>Says what moved since a plan was made.</summary>
public static class PlanDifference
{
    /// <summary>Compares a plan with the one that would be made now.</summary>
    /// <param name="planned">The reviewed plan.</param>
    /// <param name="now">The present plan, of the same target and workspace.</param>
    /// <returns>A phrase for each thing that moved, by name and where it is cheap by value; empty when the plan holds.</returns>
    /// <remarks>Verdicts may differ: part of the plan may have been done already.</remarks>
    public static IReadOnlyList<string> Between(PlanDocument planned, PlanDocument now)
    {
        ArgumentNullException.ThrowIfNull(planned);
        ArgumentNullException.ThrowIfNull(now);
        var moved = new List<string>();
        moved.AddRange(Values("parameter", planned.Parameters, now.Parameters));
        moved.AddRange(Values("source", Sources(planned), Sources(now), isShort: false));
        moved.AddRange(Values("tool", Tools(planned), Tools(now)));
        moved.AddRange(Values("step", Declarations(planned), Declarations(now), isShort: false));
        moved.AddRange(Values("unknown part", Openings(planned), Openings(now)));
        return moved.Count > 0 ? moved : OtherWork(planned, now);
    }

    private static IEnumerable<string> Values(
        string what, IReadOnlyList<KeyValuePair<string, string>> planned, IReadOnlyList<KeyValuePair<string, string>> now, bool isShort = true)
    {
        var present = new Dictionary<string, string>(now, StringComparer.Ordinal);
        foreach (var (name, value) in planned)
        {
            if (!present.Remove(name, out var found))
            {
                yield return $"{what} '{name}' is gone";
            }
            else if (found != value)
            {
                yield return isShort ? $"{what} '{name}': {value} → {found}" : $"{what} '{name}' changed";
            }
        }

        foreach (var name in present.Keys)
        {
            yield return $"{what} '{name}' is new";
        }
    }

    /// <summary>With all else the same, a key differs when another run made what an instance reads anew.</summary>
    private static List<string> OtherWork(PlanDocument planned, PlanDocument now)
    {
        var present = now.Steps.ToDictionary(step => step.Id, StringComparer.Ordinal);
        return planned.Steps
            .Where(step => step.Key is not null && present[step.Id].Key is { } key && key != step.Key)
            .Select(step => $"step '{step.Id}' would be other work now ({present[step.Id].Reason.Text})")
            .ToList();
    }

    private static List<KeyValuePair<string, string>> Sources(PlanDocument plan) =>
        [.. plan.Sources.Select(source => KeyValuePair.Create(source.Rule == "bytes/1" ? source.Path : $"{source.Path} ({source.Rule})", source.Digest))];

    private static List<KeyValuePair<string, string>> Tools(PlanDocument plan) =>
        [.. plan.Tools.Select(tool => KeyValuePair.Create(tool.Name, string.Join(", ", tool.Fingerprint.Select(line => $"{line.Key} {line.Value}"))))];

    private static List<KeyValuePair<string, string>> Openings(PlanDocument plan) =>
        [.. plan.Open.Select(opening => KeyValuePair.Create($"{opening.Task}{(opening.Place.Length > 0 ? $" {opening.Place}" : string.Empty)}, until {opening.Until}", opening.Parts.ToString(CultureInfo.InvariantCulture)))];

    private static List<KeyValuePair<string, string>> Declarations(PlanDocument plan) =>
        [.. plan.Steps.Select(step => KeyValuePair.Create(step.Id, step.Declaration))];
}
