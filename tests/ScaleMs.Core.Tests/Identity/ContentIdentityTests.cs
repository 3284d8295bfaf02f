using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Core.Tests.Identity;

public sealed class ContentIdentityTests
{
    /// <summary>Texts of lines, line ends of both kinds, lone carriage returns and characters of several bytes.</summary>
    private static readonly Gen<string> Text =
        Gen.Elements("a", "b", "\n", "\r\n", "\r", "é", "🧬", "; ").ListOf().Select(string.Concat);

    private static readonly Gen<int[]> Cuts = Gen.Choose(0, 200).ArrayOf();

    [Fact]
    public void BytesIdentity_OfAnyBytes_IsTheirDigest() =>
        Prop.ForAll(Text.ToArbitrary(), text => Of(ContentIdentity.Bytes, text) == Digest.OfText(text)).QuickCheckThrowOnFailure();

    [Fact]
    public void TextIdentity_OfCrlfAndOfLf_IsTheSame() => Prop.ForAll(Text.ToArbitrary(), text =>
    {
        var onUnix = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return Of(ContentIdentity.Text, text) == Of(ContentIdentity.Text, onUnix);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Identity_FedInPiecesCutAnywhere_IsTheSame()
    {
        foreach (var identity in new[] { ContentIdentity.Bytes, ContentIdentity.Text, WithoutComments(1) })
        {
            Prop.ForAll(Text.ToArbitrary(), Cuts.ToArbitrary(), (text, cuts) => Of(identity, text) == InPieces(identity, text, cuts))
                .QuickCheckThrowOnFailure();
        }
    }

    [Theory]
    [InlineData("a\nb", "a\nb\n", true)]
    [InlineData("a\r\nb\r\n", "a\nb\n", true)]
    [InlineData("", "\n", false)]
    [InlineData("a\n", "a\n\n", false)]
    [InlineData("a\n", "a \n", false)]
    [InlineData("a\nb\n", "ab\n", false)]
    [InlineData("a\rb\n", "ab\n", false)]
    [InlineData("a\n", "A\n", false)]
    public void TextIdentity_OfTwoTexts_ComparesLines(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Of(ContentIdentity.Text, one) == Of(ContentIdentity.Text, other));

    [Fact]
    public void LineIdentity_LineThatDoesNotCount_IsIgnored()
    {
        Assert.Equal(Of(WithoutComments(1), "x = 1\n"), Of(WithoutComments(1), "; made on Monday\nx = 1\n; the end"));
        Assert.NotEqual(Of(WithoutComments(1), "x = 1\n"), Of(WithoutComments(1), "x = 2\n"));
    }

    [Fact]
    public void LineIdentity_LineThatIsChanged_CountsAsChanged()
    {
        var blind = new LineIdentity("blind", 1, line => line.Length > 0 ? "?" : line);
        Assert.Equal(Of(blind, "a\n\nb"), Of(blind, "longer\n\nc"));
        Assert.NotEqual(Of(blind, "a\n\nb"), Of(blind, "a\nb"));
    }

    [Fact]
    public void LineIdentity_BytesThatAreNoText_AreTaken() =>
        Assert.Equal(InPieces(ContentIdentity.Text, [0xFF, 0x0A, 0xC3], []), InPieces(ContentIdentity.Text, [0xFF, 0x0A, 0xC3], [1, 2]));

    [Fact]
    public void Identity_NameVersionAndKind_AreThoseThatEnterKeys()
    {
        Assert.Equal(("bytes", 1, true), (ContentIdentity.Bytes.Name, ContentIdentity.Bytes.Version, ContentIdentity.Bytes.IsBytes));
        Assert.Equal(("text", 1, false), (ContentIdentity.Text.Name, ContentIdentity.Text.Version, ContentIdentity.Text.IsBytes));
        Assert.Equal(("comments", 7), (WithoutComments(7).Name, WithoutComments(7).Version));
    }

    /// <summary>A change here makes every consumer of a text output stale: then raise the rule's version with it.</summary>
    [Fact]
    public void TextIdentity_OfFixedText_IsPinned() => Assert.Equal(Digest.OfText("a\nb\n"), Of(ContentIdentity.Text, "a\r\nb"));

    private static LineIdentity WithoutComments(int version) =>
        new("comments", version, line => line.StartsWith(';') ? null : line);

    private static Digest Of(ContentIdentity identity, string text) => InPieces(identity, text, []);

    private static Digest InPieces(ContentIdentity identity, string text, int[] cuts) =>
        InPieces(identity, Encoding.UTF8.GetBytes(text), cuts);

    private static Digest InPieces(ContentIdentity identity, byte[] bytes, int[] cuts)
    {
        var digester = identity.Start();
        var from = 0;
        foreach (var cut in cuts.Where(cut => cut <= bytes.Length).Append(bytes.Length).Order())
        {
            digester.Append(bytes.AsSpan(from, cut - from));
            from = cut;
        }

        return digester.Finish();
    }
}
