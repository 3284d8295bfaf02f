using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Store.Archives;
using Xunit;

namespace ScaleMs.Store.Tests.Archives;

/// <summary>Archives that are damaged, padded or made to deceive.</summary>
public sealed class OddArchiveTests
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly (string Name, string Text)[] Two = [("a", "one\n"), ("b", new string('x', 3000))];
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(line => $"{line * 7919 % 1000}\n")));
    private static readonly byte[] Zip = Packed.Zip(2001, true, CompressionLevel.Optimal, Two);

    public static TheoryData<string, ContentIdentity, byte[]> Refused => new()
    {
        { "gzip: a zero behind", ArchiveIdentities.Gzip, [.. Packed.Gzip(Text), 0] },
        { "gzip: padding", ArchiveIdentities.Gzip, [.. Packed.Gzip(Text), .. new byte[100_000]] },
        { "gzip: half a mark behind", ArchiveIdentities.Gzip, [.. Packed.Gzip(Text), 0x1F] },
        { "gzip: a mark behind", ArchiveIdentities.Gzip, [.. Packed.Gzip(Text), 0x1F, 0x8B] },
        { "gzip: text behind", ArchiveIdentities.Gzip, [.. Packed.Gzip(Text), .. Text] },
        { "gzip: wrong check sum", ArchiveIdentities.Gzip, Flipped(Packed.Gzip(Text), 8) },
        { "gzip: wrong length", ArchiveIdentities.Gzip, Flipped(Packed.Gzip(Text), 1) },
        { "gzip: the end's content, and a byte", ArchiveIdentities.Gzip, [.. Packed.Gzip([.. Text, .. EndMark.Content]), 0] },
        { "tar: a sparse file", ArchiveIdentities.Tar, SparseTar() },
        { "zip: a byte behind", ArchiveIdentities.Zip, [.. Zip, 0] },
        { "zip: an archive behind", ArchiveIdentities.Zip, [.. Zip, .. Zip] },
        { "zip: bytes in front", ArchiveIdentities.Zip, [0, .. Zip] },
        { "zip: no member where the first begins", ArchiveIdentities.Zip, [0, .. Zip[1..]] },
        { "zip: encrypted", ArchiveIdentities.Zip, WithEntry(Zip, 8, 1) },
        { "zip: of an unknown method", ArchiveIdentities.Zip, WithEntry(Zip, 10, 98) },
        { "zip: another length", ArchiveIdentities.Zip, WithEntry(Zip, 24, 5) },
        { "zip: members over each other", ArchiveIdentities.Zip, Overlapping() },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void Identity_OfAnOddArchive_IsThatOfItsBytesUnderAnotherName(string about, ContentIdentity rule, byte[] bytes) =>
        Assert.True(Of(rule, bytes) == Digest.OfText($"scalems.damaged/1\n{Of(ContentIdentity.Bytes, bytes)}"), about);

    [Fact]
    public void GzipIdentity_OfAnIntactFile_IsTheDigestOfItsContent()
    {
        byte[] empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal(Of(ContentIdentity.Bytes, []), Of(ArchiveIdentities.Gzip, empty));
        Assert.Equal(Of(ContentIdentity.Bytes, Text), Of(ArchiveIdentities.Gzip, [.. empty, .. Packed.Gzip(Text), .. empty]));
        foreach (var content in new byte[][] { [0], Text, [.. Text, .. EndMark.Content], EndMark.Content.ToArray(), new byte[1_000_000] })
        {
            Assert.Equal(Of(ContentIdentity.Bytes, content), Of(ArchiveIdentities.Gzip, Packed.Gzip(content)));
            Assert.Equal(Of(ContentIdentity.Bytes, [.. content, .. content]), Of(ArchiveIdentities.Gzip, [.. Packed.Gzip(content), .. Packed.Gzip(content)]));
        }
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void GzipIdentity_OfAFileCutAtAnyByte_CountsAsDamagedExceptBetweenMembers(CompressionLevel level)
    {
        var member = Packed.Gzip(Text, level);
        byte[] two = [.. member, .. member];
        foreach (var cut in Enumerable.Range(0, two.Length))
        {
            var expected = cut == member.Length
                ? Of(ContentIdentity.Bytes, Text)
                : Digest.OfText($"scalems.damaged/1\n{Of(ContentIdentity.Bytes, two[..cut])}");
            Assert.True(expected == Of(ArchiveIdentities.Gzip, two[..cut]), $"cut at {cut}");
        }
    }

    [Fact]
    public void ZipIdentity_OfAFileCutAtAnyByte_CountsAsDamaged()
    {
        foreach (var cut in Enumerable.Range(0, Zip.Length))
        {
            Assert.True(Of(ArchiveIdentities.Zip, Zip[..cut]) == Digest.OfText($"scalems.damaged/1\n{Of(ContentIdentity.Bytes, Zip[..cut])}"), $"cut at {cut}");
        }
    }

    [Fact]
    public void ZipIdentity_OfOneChangedBit_IsNotThatOfTheIntactFileWhereItCounts()
    {
        var whole = Of(ArchiveIdentities.Zip, Zip);
        Assert.NotEqual(whole, Of(ArchiveIdentities.Zip, WithEntry(Zip, 16, 0xBAD)));
        Assert.NotEqual(whole, Of(ArchiveIdentities.Zip, WithEntry(Zip, 40, 0x81C0)));
        Assert.Equal(whole, Of(ArchiveIdentities.Zip, WithEntry(Zip, 12, 0x2121)));
    }

    [Fact]
    public void ZipIdentity_OfACommentedArchive_IsThatOfItsMembers()
    {
        byte[] commented = [.. Zip[..^2], 4, 0, .. "é!\0"u8];
        Assert.Equal(Of(ArchiveIdentities.Zip, Zip), Of(ArchiveIdentities.Zip, commented));
    }

    [Fact]
    public void Identity_OfMembersOfOneName_CountsTheirOrder() => Assert.NotEqual(
        Of(ArchiveIdentities.Zip, Packed.Zip(2001, true, CompressionLevel.Optimal, ("a", "1"), ("a", "2"))),
        Of(ArchiveIdentities.Zip, Packed.Zip(2001, true, CompressionLevel.Optimal, ("a", "2"), ("a", "1"))));

    [Fact]
    public void Identity_OfNamesThatLeadElsewhere_TakesThemAsNames()
    {
        var outside = $"../scalems-{Guid.NewGuid():N}";
        var zip = Packed.Zip(2001, true, CompressionLevel.Optimal, (outside, "1"), ("/etc/" + outside, "2"));
        var tar = Packed.Tar(2001, Plain, (outside, "1"), ("/etc/" + outside, "2"));
        Assert.NotEqual(Digest.OfText($"scalems.damaged/1\n{Of(ContentIdentity.Bytes, zip)}"), Of(ArchiveIdentities.Zip, zip));
        Assert.NotEqual(Digest.OfText($"scalems.damaged/1\n{Of(ContentIdentity.Bytes, tar)}"), Of(ArchiveIdentities.Tar, tar));
        Assert.False(File.Exists(outside));
    }

    [Fact]
    public void Versions_OfTheIdentities_AreThoseOfTheirResults()
    {
        ContentIdentity[] rules = [ArchiveIdentities.Gzip, ArchiveIdentities.Tar, ArchiveIdentities.TarGz, ArchiveIdentities.Zip];
        Assert.Equal(["gzip(bytes/1)/1", "tar/1", "gzip(tar/1)/1", "zip/2"], rules.Select(rule => $"{rule.Name}/{rule.Version}"));
        Assert.Equal("sha256:0260ecc9ba32eba99eaf0f9673bb2c36eef7d00962176e15501c9cf743d91d19", Of(ArchiveIdentities.Tar, Packed.Tar(2001, Plain, Two)).ToString());
        Assert.Equal("sha256:9f9d6b18c54131376d60bc486ca0772058d532112f24c5813831c4208a1c2781", Of(ArchiveIdentities.Zip, Zip).ToString());
    }

    private static byte[] Flipped(byte[] bytes, int fromEnd)
    {
        bytes[^fromEnd] ^= 1;
        return bytes;
    }

    // The framework reads no sparse members, as GNU tar makes with --sparse.
    private static byte[] SparseTar()
    {
        using var target = new MemoryStream();
        using (var writer = new TarWriter(target, TarEntryFormat.Gnu, leaveOpen: true))
        {
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, "a"));
        }

        var tar = target.ToArray();
        tar[156] = (byte)'S';
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = tar.Take(512).Sum(one => one);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
        return tar;
    }

    // Two bytes of the first entry of the directory.
    private static byte[] WithEntry(byte[] zip, int at, ushort value)
    {
        var changed = (byte[])zip.Clone();
        var directory = changed.AsSpan().IndexOf("PK\x01\x02"u8);
        BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(directory + at), value);
        return changed;
    }

    // A directory that lists one member of 3,000 bytes fifty times.
    private static byte[] Overlapping()
    {
        var one = Packed.Zip(2001, true, CompressionLevel.NoCompression, ("b", new string('x', 3000)));
        var directory = one.AsSpan().IndexOf("PK\x01\x02"u8);
        var entry = one[directory..^22];
        var end = one[^22..];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), 50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), 50);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), entry.Length * 50);
        return [.. one[..directory], .. Enumerable.Repeat(entry, 50).SelectMany(bytes => bytes), .. end];
    }

    private static Digest Of(ContentIdentity rule, byte[] bytes)
    {
        var digester = rule.Start();
        digester.Append(bytes);
        return digester.Finish();
    }
}
