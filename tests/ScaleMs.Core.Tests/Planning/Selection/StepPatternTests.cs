using ScaleMs.Core.Model;
using ScaleMs.Core.Planning.Selection;
using Xunit;

namespace ScaleMs.Core.Tests.Planning.Selection;

public sealed class StepPatternTests
{
    [Theory]
    [InlineData("simulate[replica=3]", "simulate[replica=3]", true)]
    [InlineData("simulate[replica=3]", "simulate[replica=31]", false)]
    [InlineData("simulate[replica=3]", "simulater", false)]
    [InlineData("simulate[*]", "simulate[replica=3]", true)]
    [InlineData("simulate[*]", "simulate", false)]
    [InlineData("simulate*", "simulate", true)]
    [InlineData("simulate*", "simulate2/mdrun[replica=3]", true)]
    [InlineData("*[replica=?]", "produce/mdrun[replica=3]", true)]
    [InlineData("*[replica=?]", "produce/mdrun[replica=13]", false)]
    [InlineData("*mdrun*", "produce/prod.mdrun[replica=3]", true)]
    [InlineData("produce", "produce/prod.mdrun[replica=3]", true)]
    [InlineData("produce", "produce", true)]
    [InlineData("prod", "produce/prod", false)]
    [InlineData("produce/prod.mdrun", "produce/prod.mdrun[replica=3]", false)]
    [InlineData("p.oduce", "produce", false)]
    [InlineData("Produce", "produce", false)]
    [InlineData("produc\\e", "produce", false)]
    [InlineData("*", "a/b[c]", true)]
    [InlineData("a*b*c*d", "a/xbxcxbxcxd", true)]
    [InlineData("a*b*c*d", "a/xbxcxbxcx", false)]
    [InlineData("[r]", "r", false)]
    [InlineData("sim*3]", "simulate[replica=3]", true)]
    [InlineData("**", "prepare", true)]
    [InlineData("prep/*", "prep/solvate[a=b]", true)]
    [InlineData("simulate?", "simulate", false)]
    [InlineData("*.*", "simulate", false)]
    [InlineData("", "simulate", false)]
    public void Pattern_OfAnId_FitsAsAWhole(string pattern, string id, bool fits) => Assert.Equal(fits, StepPattern.Parse(pattern).Matches(StepId.Parse(id)));

    [Theory]
    [InlineData("'simulate[replica=3]'", "simulate[replica=3]")]
    [InlineData("\"simulate*\"", "simulate*")]
    [InlineData("'", "'")]
    [InlineData("''", "''")]
    [InlineData("'a", "'a")]
    public void Pattern_InQuotesThatAShellLeft_IsReadWithoutThem(string given, string read) => Assert.Equal(read, StepPattern.Parse(given).Text);

    [Fact]
    public void Pattern_OfManyStars_TakesNoLongerThanTheProductOfTheLengths()
    {
        var pattern = StepPattern.Parse(string.Concat(Enumerable.Repeat("a*", 2000)) + "b");
        Assert.False(pattern.Matches(new StepId(new string('a', 5000), "s")));
    }
}
