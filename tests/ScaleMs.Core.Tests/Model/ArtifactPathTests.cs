using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Model;

public sealed class ArtifactPathTests
{
    [Theory]
    [InlineData("run.gro", "", "run.gro")]
    [InlineData("results/run.gro", "results", "run.gro")]
    [InlineData("a/b/c", "a/b", "c")]
    [InlineData(".hidden", "", ".hidden")]
    [InlineData("..x/x..", "..x", "x..")]
    [InlineData("...", "", "...")]
    [InlineData("a b/[1]=é", "a b", "[1]=é")]
    [InlineData("a/~", "a", "~")]
    [InlineData("ab:c", "", "ab:c")]
    public void Path_ThatStaysInside_IsAccepted(string text, string directory, string name)
    {
        var path = ArtifactPath.Parse(text);
        Assert.Equal((text, text, directory, name), (path.Value, path.ToString(), path.Directory, path.FileName));
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("/", "is absolute")]
    [InlineData("/etc/passwd", "is absolute")]
    [InlineData("//server/share", "is absolute")]
    [InlineData("~", "is absolute")]
    [InlineData("~/x", "is absolute")]
    [InlineData("C:", "is absolute")]
    [InlineData("C:/x", "is absolute")]
    [InlineData("c:x", "is absolute")]
    [InlineData("..", "leaves its directory")]
    [InlineData("../x", "leaves its directory")]
    [InlineData("a/../../x", "leaves its directory")]
    [InlineData("a/..", "leaves its directory")]
    [InlineData(".", "has an empty or '.' segment")]
    [InlineData("./x", "has an empty or '.' segment")]
    [InlineData("a/./b", "has an empty or '.' segment")]
    [InlineData("a//b", "has an empty or '.' segment")]
    [InlineData("a/", "has an empty or '.' segment")]
    [InlineData("a\\b", "has a character that no system-independent path may have")]
    [InlineData("..\\x", "has a character that no system-independent path may have")]
    [InlineData("a\0b", "has a character that no system-independent path may have")]
    public void Path_ThatCouldLeaveOrHasTwoForms_IsRefused(string? text, string expected)
    {
        Assert.False(ArtifactPath.TryParse(text, out var path, out var problem));
        Assert.Equal((null, expected), (path, problem));
    }

    [Fact]
    public void Path_ParsedFromBadText_ThrowsWithTextAndProblem() =>
        Assert.Equal("'../x' leaves its directory", Assert.Throws<FormatException>(() => ArtifactPath.Parse("../x")).Message);

    [Fact]
    public void Path_InAnotherCase_IsAnotherPath() => Assert.NotEqual(ArtifactPath.Parse("Run.gro"), ArtifactPath.Parse("run.gro"));

    [Fact]
    public void Path_OfEqualText_IsTheSamePath()
    {
        var (one, other) = (ArtifactPath.Parse(new string("a/b")), ArtifactPath.Parse("a/b"));
        Assert.Equal((one, one.GetHashCode()), (other, other.GetHashCode()));
        Assert.True(one == other);
    }
}
