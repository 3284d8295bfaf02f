using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Model;

public sealed class FilePatternTests
{
    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "b/a.txt", false)]
    [InlineData("*.txt", "a.txt", true)]
    [InlineData("*.txt", ".a.txt", false)]
    [InlineData(".*.txt", ".a.txt", true)]
    [InlineData("*.txt", "sub/a.txt", false)]
    [InlineData("texts/*.txt", "texts/a.txt", true)]
    [InlineData("texts/*.txt", "Texts/a.txt", false)]
    [InlineData("texts/?.txt", "texts/ab.txt", false)]
    [InlineData("*/a.txt", "x/a.txt", true)]
    [InlineData("**/a.txt", "a.txt", true)]
    [InlineData("**/a.txt", "x/y/a.txt", true)]
    [InlineData("**/a.txt", "x/.y/a.txt", false)]
    [InlineData("x/**/y/*.txt", "x/y/a.txt", true)]
    [InlineData("x/**/y/*.txt", "x/1/y/2/y/a.txt", true)]
    [InlineData("x/**/y/*.txt", "x/1/a.txt", false)]
    [InlineData("x/**", "x/a", true)]
    [InlineData("x/**", "x/b/a", true)]
    [InlineData("x/**", "x/.a", false)]
    [InlineData("x/**", "x", false)]
    [InlineData("**", "a/b", true)]
    [InlineData("a[1].txt", "a[1].txt", true)]
    public void Pattern_NamesFiles_AsItIsWritten(string pattern, string path, bool isNamed) => Assert.Equal(isNamed, Parse(pattern).Matches(path));

    [Theory]
    [InlineData("texts/*.txt", "texts", true)]
    [InlineData("texts/*.txt", "texts/sub", false)]
    [InlineData("texts/*.txt", "results", false)]
    [InlineData("texts/**/*.txt", "texts/sub", true)]
    [InlineData("texts/**", "texts/sub/sub", true)]
    [InlineData("*/*.txt", "texts", true)]
    [InlineData("**/*.txt", ".git", false)]
    [InlineData("**/*.txt", "results/frames", true)]
    public void Pattern_BelowAFolder_MayNameFilesOrNot(string pattern, string folder, bool may) => Assert.Equal(may, Parse(pattern).MayMatchBelow(folder));

    [Theory]
    [InlineData("texts/*.txt", "texts")]
    [InlineData("a/b/**/c.txt", "a/b")]
    [InlineData("a/b.txt", "a")]
    [InlineData("*.txt", "")]
    public void Folder_OfAPattern_IsWhatComesBeforeTheWildcards(string pattern, string folder) => Assert.Equal(folder, Parse(pattern).Folder);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/a/*", "is absolute")]
    [InlineData("../*", "leaves its directory")]
    [InlineData("a/**b/c", "has '**' beside other text; it stands alone between slashes")]
    public void Pattern_ThatIsNone_SaysWhy(string text, string why)
    {
        Assert.False(FilePattern.TryParse(text, out _, out var problem));
        Assert.Equal(why, problem);
    }

    [Fact]
    public void Pattern_OfAllFilesBelowAFolder_TakesHiddenOnes()
    {
        var below = FilePattern.Below(ArtifactPath.Parse("data"));
        Assert.True(below.Matches("data/.hidden/.a"));
        Assert.True(FilePattern.All.Matches(".a"));
        Assert.True(below.MayMatchBelow("data/.hidden"));
        Assert.NotEqual(FilePattern.All, Parse("**"));
        Assert.Equal(Parse("*.a"), Parse("*.a"));
    }

    private static FilePattern Parse(string text)
    {
        Assert.True(FilePattern.TryParse(text, out var pattern, out _));
        return pattern;
    }
}
