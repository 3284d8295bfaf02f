namespace ScaleMs.Recipes.Analysis;

/// <summary>Counts of values in bins of equal width. Pure.</summary>
/// <param name="Least">The lower edge of the first bin.</param>
/// <param name="Width">The width of a bin, above 0.</param>
/// <param name="Counts">The counts; a value on an edge belongs to the bin above it, one on the last edge to the last bin.</param>
/// <param name="Outside">How many values are in no bin.</param>
public sealed record Bins(double Least, double Width, IReadOnlyList<int> Counts, int Outside)
{
    /// <summary>Counts values.</summary>
    /// <param name="values">Finite values, at least one.</param>
    /// <param name="count">How many bins, at least 1.</param>
    /// <param name="least">The lower edge of the first bin; null for the smallest value.</param>
    /// <param name="most">The upper edge of the last bin, above <paramref name="least"/>; null for the largest value, or one more than the smallest where all are equal.</param>
    /// <returns>The bins.</returns>
    /// <exception cref="ArgumentException">There is no value, or one that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin, or an upper edge that is not above the lower one.</exception>
    public static Bins Of(IReadOnlyList<double> values, int count, double? least = null, double? most = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (values.Count == 0 || !values.All(double.IsFinite))
        {
            throw new ArgumentException("A histogram is of finite values, at least one.", nameof(values));
        }

        var lower = least ?? values.Min();
        var upper = most ?? (values.Max() is var largest && largest > lower ? largest : lower + 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(upper, lower, nameof(most));
        var counts = new int[count];
        foreach (var value in values.Where(value => value >= lower && value <= upper))
        {
            counts[Math.Min(count - 1, (int)((value - lower) / (upper - lower) * count))]++;
        }

        return new Bins(lower, (upper - lower) / count, counts, values.Count - counts.Sum());
    }

    /// <summary>The share of the values in a bin over its width, so that the whole is 1 where no value is outside.</summary>
    /// <param name="bin">The bin's number, from 0.</param>
    /// <returns>The density, in the inverse unit of the values.</returns>
    public double Density(int bin) => Counts[bin] / (Width * (Counts.Sum() + Outside));
}
