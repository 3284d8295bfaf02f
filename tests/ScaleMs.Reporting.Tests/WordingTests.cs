using ScaleMs.Reporting.Wording;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.0001, "1 ms")]
    [InlineData(0.04, "40 ms")]
    [InlineData(0.0996, "0.1 s")]
    [InlineData(8.24, "8.2 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(72, "1 min 12 s")]
    [InlineData(3599.7, "1 h 00 min")]
    [InlineData(7380, "2 h 03 min")]
    [InlineData(273600, "3 d 04 h")]
    [InlineData(-5, "0 s")]
    [InlineData(double.NaN, "0 s")]
    [InlineData(double.MaxValue, "36500 d 00 h")]
    public void Duration_AnyLength_IsHuman(double seconds, string expected) => Assert.Equal(expected, Human.Duration(seconds));

    [Theory]
    [InlineData("plain [replica=3] text", "plain [replica=3] text")]
    [InlineData("\e[31mred\e[0m", "red")]
    [InlineData("\e]0;title\arest", "rest")]
    [InlineData("a\tb\rc\n", "a b c")]
    [InlineData("\e[2J\e[Hgone", "gone")]
    public void Printable_ControlCharacters_MoveNoCursor(string text, string expected) => Assert.Equal(expected, Printable.Of(text));

    [Theory]
    [InlineData("simulate/mdrun[replica=3]", 25, "simulate/mdrun[replica=3]")]
    [InlineData("simulate/mdrun[replica=3]", 20, "simulat…n[replica=3]")]
    [InlineData("simulate/mdrun[replica=3]", 1, "…")]
    [InlineData("simulate/mdrun[replica=3]", 0, "")]
    public void FitMiddle_TooLong_KeepsTheMember(string id, int most, string expected)
    {
        var cut = Columns.FitMiddle(id, most);
        Assert.Equal(expected, cut);
        Assert.InRange(Columns.Of(cut), 0, Math.Max(most, 0));
    }

    [Theory]
    [InlineData("abcdef", 4, "abc…")]
    [InlineData("分析分析", 6, "分析…")]
    [InlineData("e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301")]
    public void Fit_WideAndCombining_CountsColumns(string text, int most, string expected) => Assert.Equal(expected, Columns.Fit(text, most));
}
