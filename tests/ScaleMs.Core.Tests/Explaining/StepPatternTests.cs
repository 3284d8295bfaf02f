using ScaleMs.Core.Explaining;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Explaining;

/// <summary>Only <c>*</c> and <c>?</c> are special.</summary>
public sealed class StepPatternTests
{
    [Theory]
    [InlineData("simulate[replica=3]", "simulate[replica=3]")]
    [InlineData("simulate[replica=?]", "simulate[replica=3]")]
    [InlineData("simulate[*]", "simulate[replica=3]")]
    [InlineData("sim*3]", "simulate[replica=3]")]
    [InlineData("*", "prepare")]
    [InlineData("**", "prepare")]
    [InlineData("prep", "prep/solvate")]
    [InlineData("prep/*", "prep/solvate[a=b]")]
    [InlineData("*a*b*", "aXbXab")]
    [InlineData("simulate", "simulate[replica=3]")]
    public void Pattern_ThatFits_Matches(string pattern, string step) => Assert.True(new StepPattern(pattern).Matches(StepId.Parse(step)));

    [Theory]
    [InlineData("simulate[replica=]", "simulate[replica=3]")]
    [InlineData("[rs]imulate", "simulate")]
    [InlineData("simulat", "simulate")]
    [InlineData("simulate?", "simulate")]
    [InlineData("SIMULATE", "simulate")]
    [InlineData("", "simulate")]
    [InlineData("*.*", "simulate")]
    public void Pattern_ThatDoesNotFit_DoesNotMatch(string pattern, string step) => Assert.False(new StepPattern(pattern).Matches(StepId.Parse(step)));
}
