using ScaleMs.Core.Records;

namespace ScaleMs.Core.Explaining;

/// <summary>Says how the outputs of a result were compared with those before.</summary>
public static class ComparedText
{
    /// <summary>A cause for each output that was.</summary>
    /// <param name="result">The result.</param>
    /// <returns>None where no output has a tolerance, or each is byte for byte what stood for it.</returns>
    public static IEnumerable<Cause> Of(ActionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Outputs.Where(output => output.Compared is { } compared && compared.Former != compared.Made).Select(Of);
    }

    private static Cause Of(OutputRecord output) => output.Compared is { IsWithin: true } within
        ? new Cause($"what it made of {output.Path} ({within.Made.Brief}) is within tolerance of what stands for it ({within.Former.Brief}), whose bytes are kept")
        : new Cause($"{output.Compared!.Difference} ({output.Compared.Former.Brief} → {output.Compared.Made.Brief})");
}
