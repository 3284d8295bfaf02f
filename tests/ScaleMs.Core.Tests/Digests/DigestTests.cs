using FsCheck;
using FsCheck.Fluent;
using ScaleMs.Core.Digests;
using Xunit;

namespace ScaleMs.Core.Tests.Digests;

public sealed class DigestTests
{
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(Digest.Size);

    /// <summary>The example of FIPS 180-2.</summary>
    [Fact]
    public void Digest_OfKnownText_IsItsSha256()
    {
        Assert.Equal("sha256:" + OfAbc, Digest.OfText("abc").ToString());
        Assert.Equal(Digest.Of("abc"u8), Digest.OfText("abc"));
        Assert.Equal(OfAbc, Digest.OfText("abc").Hex);
        Assert.Equal(OfAbc[..12], Digest.OfText("abc").Brief);
    }

    [Fact]
    public void Digest_OfTextOutsideAscii_IsOfItsUtf8BytesWithoutMark() =>
        Assert.Equal(Digest.Of([0xC3, 0xA9, 0xE2, 0x86, 0x92]), Digest.OfText("é→"));

    [Fact]
    public void Digest_WrittenAsAscii_IsItsText() => Prop.ForAll(Bytes.ToArbitrary(), bytes =>
    {
        var text = new byte[Digest.TextSize];
        new Digest(bytes).WriteText(text);
        return System.Text.Encoding.ASCII.GetString(text) == new Digest(bytes).ToString();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Digest_WrittenAndRead_IsTheSame() => Prop.ForAll(Bytes.ToArbitrary(), bytes =>
    {
        var digest = new Digest(bytes);
        var copy = new byte[Digest.Size];
        digest.CopyTo(copy);
        return Digest.Parse(digest.ToString()) == digest && copy.SequenceEqual(bytes) && digest.Hex == Convert.ToHexStringLower(bytes);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Digest_ComparedWithAnother_FollowsTheBytes() =>
        Prop.ForAll(Bytes.ToArbitrary(), Bytes.ToArbitrary(), Gen.Choose(0, Digest.Size).ToArbitrary(), (a, b, same) =>
    {
        // Random digests differ in the first byte already: give them a common start.
        a.AsSpan(0, same).CopyTo(b);
        var (left, right) = (new Digest(a), new Digest(b));
        var expected = Math.Sign(a.AsSpan().SequenceCompareTo(b));
        return Math.Sign(left.CompareTo(right)) == expected && left < right == expected < 0 && left > right == expected > 0
            && left <= right == expected <= 0 && left >= right == expected >= 0 && left == right == (expected == 0);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(OfAbc)]
    [InlineData("SHA256:" + OfAbc)]
    [InlineData("sha512:" + OfAbc)]
    [InlineData("sha256:" + OfAbc + "00")]
    [InlineData("sha256:" + OfAbc + " ")]
    [InlineData("sha256:xx7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("sha256:7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Digest_ReadFromAnotherForm_IsRefused(string? text)
    {
        Assert.False(Digest.TryParse(text, out var digest));
        Assert.True(digest.IsNone);
    }

    [Fact]
    public void Digest_ParsedFromAnotherForm_ThrowsWithTheText() =>
        Assert.Contains("'md5:1'", Assert.Throws<FormatException>(() => Digest.Parse("md5:1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Digest_NotGiven_IsNone()
    {
        Assert.True(default(Digest).IsNone);
        Assert.False(Digest.OfText(string.Empty).IsNone);
        Assert.False(new Digest([.. new byte[31], 1]).IsNone);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Digest_MadeOfAnotherLength_Throws(int length) => Assert.Throws<ArgumentException>(() => new Digest(new byte[length]));
}
