using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

public sealed class TextIdentityTests
{
    [Theory]
    [InlineData("x\n# made on Monday\ny\n", "x\ny", true)]
    [InlineData("# one\r\nx\r\n", "x\n", true)]
    [InlineData("# one\n", "", true)]
    [InlineData("x # one\n", "x # two\n", false)]
    [InlineData("x\n\ny\n", "x\ny\n", false)]
    [InlineData("x\ny\n", "y\nx\n", false)]
    public void Without_LinesThatMatch_ComparesTheOthers(string one, string other, bool isSame) =>
        AssertSame(isSame, ContentIdentity.Text.Without("^#"), one, other);

    [Theory]
    [InlineData("wall 12.5 s\n", "wall 7 s\n", true)]
    [InlineData("wall 12.5 s wall 3 s\r\n", "wall 1 s wall 2 s", true)]
    [InlineData("wall 12.5 s\n", "wall  s\n", false)]
    [InlineData("wall 12.5 s\n", "wall 12.5 h\n", false)]
    [InlineData("steps 10\n", "steps 20\n", false)]
    public void Blanking_FieldsThatMatch_ComparesTheRest(string one, string other, bool isSame) =>
        AssertSame(isSame, ContentIdentity.Text.Blanking(@"(?<=wall )[0-9.]+"), one, other);

    [Fact]
    public void Rules_PutTogether_HoldOneAfterTheOther()
    {
        var both = ContentIdentity.Text.Without("^#").Blanking("[0-9]+ s");
        AssertSame(true, both, "# a\nx 1 s\n", "x 22 s\n# b\n");
        AssertSame(false, both, "# a\nx 1 s\n", "y 1 s\n");
    }

    [Fact]
    public void Name_OfDifferentRules_Differs()
    {
        string[] names =
        [
            ContentIdentity.Text.Name,
            ContentIdentity.Text.Without("a").Name,
            ContentIdentity.Text.Without("b").Name,
            ContentIdentity.Text.Blanking("a").Name,
            ContentIdentity.Text.Without("a").Without("b").Name,
            ContentIdentity.Text.Without("a\"\\).without\\(\"b").Name,
            ContentIdentity.Text.Without("\n").Name,
            ContentIdentity.Text.Without("\\n").Name,
        ];

        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.DoesNotContain('\n', name));
        Assert.Equal("text.without(\"^#\").blanking(\"[0-9]+\")", ContentIdentity.Text.Without("^#").Blanking("[0-9]+").Name);
    }

    [Fact]
    public void ShellFilter_OfARuleWithPatterns_IsNotInherited()
    {
        Assert.NotNull(ContentIdentity.Text.ShellFilter);
        Assert.Null(ContentIdentity.Text.Without("a").ShellFilter);
        Assert.Null(ContentIdentity.Text.Blanking("a").ShellFilter);
    }

    private static void AssertSame(bool isSame, ContentIdentity rule, string one, string other) => Assert.Equal(isSame, Of(rule, one) == Of(rule, other));

    private static Digest Of(ContentIdentity rule, string text)
    {
        var digester = rule.Start();
        digester.Append(Encoding.UTF8.GetBytes(text));
        return digester.Finish();
    }
}
