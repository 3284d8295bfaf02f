namespace ScaleMs.Recipes.Analysis;

/// <summary>Statistics of a series of numbers, each correlated with those before, such as an energy along a trajectory. Pure.</summary>
/// <remarks>All sums are over the values in order, in double precision: relative error below n·1.1e-16 for values of one sign.</remarks>
public static class Series
{
    /// <summary>The mean.</summary>
    /// <param name="values">At least one value.</param>
    /// <returns>Their sum over their number, in their unit.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Mean(IReadOnlyList<double> values)
    {
        ThrowIfFewer(values, 1);
        return values.Sum() / values.Count;
    }

    /// <summary>The variance of the values themselves, with divisor n.</summary>
    /// <param name="values">At least one value.</param>
    /// <returns>The mean squared distance from the mean, in the square of their unit.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Variance(IReadOnlyList<double> values)
    {
        var mean = Mean(values);
        return values.Sum(value => (value - mean) * (value - mean)) / values.Count;
    }

    /// <summary>The standard deviation of the values themselves, with divisor n: how far they fluctuate, not how well the mean is known.</summary>
    /// <param name="values">At least one value.</param>
    /// <returns>The root of <see cref="Variance"/>, in their unit.</returns>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static double Deviation(IReadOnlyList<double> values) => Math.Sqrt(Variance(values));

    /// <summary>The integrated autocorrelation time: τ = 1/2 + Σ ρ(t) from t = 1 to W, where W is the first window of at least 5 τ(W).</summary>
    /// <param name="values">At least two values at equal distances.</param>
    /// <returns>τ in samples: 1/2 for values that know nothing of each other, never less. n values tell as much as n/(2τ) independent ones. NaN when all values are equal.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    /// <remarks>
    /// The estimator and its window: A. D. Sokal, Monte Carlo methods in statistical mechanics: foundations and new algorithms, in Functional Integration (Plenum, New York 1997), sections 2 and 3.
    /// Its error is about τ·sqrt(2(2W+1)/n); a series shorter than some 50 τ gives too small a value. Takes n·W operations.
    /// </remarks>
    public static double AutocorrelationTime(IReadOnlyList<double> values)
    {
        ThrowIfFewer(values, 2);
        var (mean, variance, time) = (Mean(values), Variance(values), 0.5);
        if (variance == 0)
        {
            return double.NaN;
        }

        for (var lag = 1; lag < values.Count && lag - 1 < Window * time; lag++)
        {
            time += Covariance(values, mean, lag) / variance;
        }

        return Math.Max(0.5, time);
    }

    /// <summary>The error of the mean by block averaging: blocks grow by factors of two until their means know nothing of each other.</summary>
    /// <param name="values">At least two values at equal distances.</param>
    /// <returns>The error with the block length that it was read at.</returns>
    /// <exception cref="ArgumentException">There are fewer than two values.</exception>
    /// <remarks>
    /// The method: H. Flyvbjerg and H. G. Petersen, J. Chem. Phys. 91, 461 (1989), doi:10.1063/1.457480; the error of m block means is sqrt(c/(m-1)) with their variance c (divisor m). Which length is enough:
    /// the first B with B³ &gt; 2n(s(B)/s(1))⁴, by U. Wolff, Comput. Phys. Commun. 156, 143 (2004), and R. M. Lee et al., Phys. Rev. E 83, 066706 (2011). Of an odd number of blocks the last is left out.
    /// </remarks>
    public static BlockError StandardError(IReadOnlyList<double> values)
    {
        ThrowIfFewer(values, 2);
        var first = ErrorOf(values);
        var (blocks, length) = (values.ToArray(), 1);
        while (!IsEnough(length, values.Count, ErrorOf(blocks), first) && blocks.Length >= 4)
        {
            blocks = Pairs(blocks);
            length *= 2;
        }

        var error = ErrorOf(blocks);
        return new BlockError(error, length, blocks.Length, IsEnough(length, values.Count, error, first));
    }

    // Sokal's factor: windows of 4 to 10 τ differ little.
    private const double Window = 5;

    private static double Covariance(IReadOnlyList<double> values, double mean, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < values.Count; i++)
        {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }

        return sum / values.Count;
    }

    private static double ErrorOf(IReadOnlyList<double> blocks) => Math.Sqrt(Variance(blocks) / (blocks.Count - 1));

    private static bool IsEnough(double length, double count, double error, double first) => first == 0 || Math.Pow(length, 3) > 2 * count * Math.Pow(error / first, 4);

    private static double[] Pairs(double[] blocks) => [.. Enumerable.Range(0, blocks.Length / 2).Select(pair => (blocks[2 * pair] + blocks[(2 * pair) + 1]) / 2)];

    private static void ThrowIfFewer(IReadOnlyList<double> values, int least)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < least)
        {
            throw new ArgumentException($"There are {values.Count} values, and at least {least} are needed.", nameof(values));
        }
    }
}

/// <summary>The error of a mean, by block averaging.</summary>
/// <param name="Error">The standard error of the mean, in the unit of the values.</param>
/// <param name="BlockLength">How many values make a block, a power of two.</param>
/// <param name="Blocks">How many blocks there are.</param>
/// <param name="IsPlateau">Whether longer blocks would give no larger error; false when the series is too short for its correlation, and the error a lower bound.</param>
public sealed record BlockError(double Error, int BlockLength, int Blocks, bool IsPlateau);
