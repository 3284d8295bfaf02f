using ScaleMs.Core.Keys;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

public sealed class TemplateTextTests
{
    [Theory]
    [InlineData("t = @T@", "t = 300")]
    [InlineData("@T@@T@ @n@", "300300 5")]
    [InlineData("@T@ @n@ me@x.org @ @@ @1@ @a b@", "300 5 me@x.org @ @@ @1@ @a b@")]
    [InlineData("@T@\r\n@n@\n", "300\r\n5\n")]
    public void Template_WithAValueForEachName_IsFilled(string text, string expected)
    {
        var values = text.Contains("@n@", StringComparison.Ordinal) ? new[] { Pair("T", "300"), Pair("n", "5") } : [Pair("T", "300")];
        Assert.Equal(expected, TemplateText.Render(text, values, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("@temperature@")]
    [InlineData("@Temperature@")]
    [InlineData("@TEMPERATURE@")]
    public void Template_NameInAnotherCase_IsFilled(string text) =>
        Assert.Equal("300", TemplateText.Render(text, [Pair("Temperature", "300")], out _));

    [Fact]
    public void Template_ValueThatLooksLikeAPlaceholder_IsNotFilledAgain() =>
        Assert.Equal("@b@ 1", TemplateText.Render("@a@ @b@", [Pair("a", "@b@"), Pair("b", "1")], out _));

    [Fact]
    public void Template_NamesWithoutValues_AreAllTold() => Problem("@b@ @a@ @b@ @c@", "has no value for 'a', 'b'", Pair("c", "1"));

    [Fact]
    public void Template_ValuesWithoutNames_AreAllTold() =>
        Problem("@c@", "does not use 'a', 'b'", Pair("b", "1"), Pair("c", "1"), Pair("a", "1"));

    [Fact]
    public void Template_MissingAndUnused_TellsTheMissingFirst() =>
        Problem("@temprature@", "has no value for 'temprature'", Pair("temperature", "1"));

    [Fact]
    public void Template_TwoValuesThatDifferInCaseOnly_IsAProblem() =>
        Problem("@seed@", "has two values for 'seed'", Pair("Seed", "1"), Pair("seed", "2"));

    [Fact]
    public void Template_WithoutPlaceholdersAndValues_IsTheText() => Assert.Equal("plain", TemplateText.Render("plain", [], out _));

    private static void Problem(string text, string expected, params KeyValuePair<string, string>[] values)
    {
        Assert.Equal(text, TemplateText.Render(text, values, out var problem));
        Assert.Equal(expected, problem);
    }

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);
}
