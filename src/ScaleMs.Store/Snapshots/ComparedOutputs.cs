using ScaleMs.Core.Records;

namespace ScaleMs.Store.Snapshots;

/// <summary>How outputs of a result were compared, told apart from the result: most results have none, and their form stays what it was.</summary>
internal static class ComparedOutputs
{
    private static readonly List<Place> None = [];

    public static List<Place> Of(ActionResult result)
    {
        var places = None;
        for (var i = 0; i < result.Outputs.Count; i++)
        {
            if (result.Outputs[i].Compared is { } compared)
            {
                places = [.. places, new Place(i, compared)];
            }
        }

        return places;
    }

    public static ActionResult Without(ActionResult result) => result with { Outputs = [.. result.Outputs.Select(output => output with { Compared = null })] };

    /// <exception cref="InvalidDataException">An output is not there, or has other bytes.</exception>
    public static ActionResult With(ActionResult result, IReadOnlyList<Place> places)
    {
        var outputs = result.Outputs.ToArray();
        foreach (var (index, compared) in places)
        {
            outputs[index] = (uint)index < (uint)outputs.Length && compared.Fits(outputs[index].Bytes)
                ? outputs[index] with { Compared = compared }
                : throw new InvalidDataException($"no output {index} was compared");
        }

        return result with { Outputs = outputs };
    }

    /// <param name="Index">The place of the output in the result.</param>
    /// <param name="Compared">How it was compared.</param>
    internal sealed record Place(int Index, ComparedOutput Compared);
}
