namespace ScaleMs.Recipes.Analysis.Tests;

/// <summary>Statistics against values that are known: by hand, and by theory for series of a known correlation.</summary>
public sealed class SeriesTests
{
    private const int Length = 1 << 16;

    [Fact]
    public void Mean_AndFluctuation_AreThoseByHand()
    {
        double[] values = [1, 2, 3, 4];
        Assert.Equal(2.5, Series.Mean(values));
        Assert.Equal(1.25, Series.Variance(values));
        Assert.Equal(Math.Sqrt(1.25), Series.Deviation(values));
    }

    [Fact]
    public void Fluctuation_OfLargeNumbersThatDifferLittle_IsNotLost() => Assert.Equal(2.0 / 3, Series.Variance([1e9 + 1, 1e9 + 2, 1e9 + 3]), 1e-6);

    /// <summary>By hand: of 1, 2, 3, 4 the variance is 1.25, so the error of four samples is sqrt(1.25 / 3).</summary>
    [Fact]
    public void StandardError_OfAShortSeries_IsNoPlateau()
    {
        var error = Series.StandardError([1, 2, 3, 4]);
        Assert.Equal((2, 2, false), (error.BlockLength, error.Blocks, error.IsPlateau));
        Assert.Equal(1.0, error.Error, 1e-12);
    }

    /// <summary>A first-order autoregressive series: its autocorrelation is φ^t, so τ = (1+φ)/(2(1-φ)), and the error of the mean is σ·sqrt(2τ/n).</summary>
    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 1.5)]
    [InlineData(0.9, 9.5)]
    public void CorrelatedSeries_OfKnownTime_HasThatTimeAndItsError(double correlation, double time)
    {
        var values = Autoregressive(correlation);
        Assert.InRange(Series.AutocorrelationTime(values), time * 0.9, time * 1.1);
        var error = Series.StandardError(values);
        Assert.True(error.IsPlateau);
        Assert.Equal(error.Blocks, Length / error.BlockLength);
        Assert.InRange(error.Error / (Series.Deviation(values) * Math.Sqrt(2 * time / Length)), 0.85, 1.15);
    }

    [Fact]
    public void EqualValues_HaveNoErrorAndNoTime()
    {
        Assert.Equal(new BlockError(0, 1, 8, true), Series.StandardError([3, 3, 3, 3, 3, 3, 3, 3]));
        Assert.Equal(double.NaN, Series.AutocorrelationTime([3, 3, 3]));
    }

    [Fact]
    public void AlternatingValues_HaveNoTimeBelowOneHalf() => Assert.Equal(0.5, Series.AutocorrelationTime([1, -1, 1, -1, 1, -1, 1, -1]));

    [Fact]
    public void TooFewValues_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Series.Mean([]));
        Assert.Throws<ArgumentException>(() => Series.StandardError([1]));
        Assert.Throws<ArgumentException>(() => Series.AutocorrelationTime([1]));
    }

    private static double[] Autoregressive(double correlation)
    {
        var random = new Random(20_240_501);
        var (values, last) = (new double[Length], 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            // The sum of twelve uniform numbers: near enough to a normal one, with variance 1.
            var noise = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            values[i] = last = (correlation * last) + (Math.Sqrt(1 - (correlation * correlation)) * noise);
        }

        return values;
    }
}
