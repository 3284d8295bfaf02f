using ScaleMs.Core.Records;
using ScaleMs.Engine.Scanning;
using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>Looks that were kept as bytes come out as they went in.</summary>
public sealed class LookLogTests
{
    private static readonly FileStat Stat = new(1, 2, 3, 4, 5, 0x81A4);
    private readonly LookLog _log = new("/study");

    [Fact]
    public void Look_OfWhateverLengthAndPlace_IsToldAsItWas()
    {
        var name = new string('é', 100_000);
        _log.Add("/study/in/a", true, Stat);
        _log.Add("/study-2/in", false, null);
        _log.Add($"/study/{name}", true, null);

        Assert.Equal([new Look("in/a", true, Stat, default), new Look("/study-2/in", false, null, default), new Look(name, true, null, default)], _log.EachOnce()!);
    }

    [Fact]
    public void Look_TakenTwiceAlike_IsToldOnceForEachWayOfLooking()
    {
        _log.Add("/study/in", true, Stat);
        _log.Add("/study/in", false, null);
        _log.Add("/study/in", true, Stat);

        Assert.Equal([true, false], _log.EachOnce()!.Select(look => look.FollowsLinks));
    }

    [Fact]
    public void Look_TakenTwiceAndDifferent_NothingIsTold()
    {
        _log.Add("/study/in", true, Stat);
        _log.Add("/study/in", true, Stat with { Length = 4 });

        Assert.Null(_log.EachOnce());
    }
}
