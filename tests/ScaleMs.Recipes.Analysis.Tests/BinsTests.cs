namespace ScaleMs.Recipes.Analysis.Tests;

public sealed class BinsTests
{
    [Fact]
    public void Bins_OfValues_CountEachOnce()
    {
        var bins = Bins.Of([0, 0.5, 1, 1.5, 2, 4], 4);
        Assert.Equal((0.0, 1.0, 0), (bins.Least, bins.Width, bins.Outside));
        Assert.Equal([2, 2, 1, 1], bins.Counts);
        Assert.Equal(1.0, Enumerable.Range(0, 4).Sum(bins.Density) * bins.Width, 1e-12);
    }

    [Fact]
    public void Bins_BetweenGivenEdges_TellWhatIsOutside()
    {
        var bins = Bins.Of([-1, 0.1, 0.2, 0.9, 1, 7], 2, 0, 1);
        Assert.Equal([2, 2], bins.Counts);
        Assert.Equal(2, bins.Outside);
        Assert.Equal(2 / (0.5 * 6), bins.Density(0), 1e-12);
    }

    [Fact]
    public void Bins_OfEqualValues_HaveAWidth() => Assert.Equal([3, 0], Bins.Of([5, 5, 5], 2).Counts);

    [Fact]
    public void Bins_OfNothingOrOfNoNumber_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Bins.Of([], 2));
        Assert.Throws<ArgumentException>(() => Bins.Of([double.NaN], 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bins.Of([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bins.Of([1], 2, 3, 3));
    }
}
