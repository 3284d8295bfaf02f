namespace ScaleMs.Benchmarks.Measuring;

/// <summary>The middle of some numbers; of an even count the mean of the two in the middle.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
