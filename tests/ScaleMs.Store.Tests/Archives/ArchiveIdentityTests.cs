using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Store.Archives;
using ScaleMs.Store.Disk;
using Xunit;

namespace ScaleMs.Store.Tests.Archives;

public sealed class ArchiveIdentityTests
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40_000).Select(line => $"line {line * 7919 % 1000}\n")));
    private static readonly (string Name, string Text)[] Two = [("a", "one\n"), ("b/c", new string('x', 200_000))];
    private static readonly byte[] Gzip = Packed.Gzip(Text);
    private static readonly byte[] Tar = Packed.Tar(2001, Plain, Two);
    private static readonly byte[] Zip = Packed.Zip(2001, true, CompressionLevel.Optimal, Two);

    public static TheoryData<string, ContentIdentity, byte[], byte[], bool> Cases => new()
    {
        { "gzip: header", ArchiveIdentities.Gzip, Gzip, Packed.WithHeader(Gzip, "name"), true },
        { "gzip: level", ArchiveIdentities.Gzip, Gzip, Packed.Gzip(Text, CompressionLevel.NoCompression), true },
        { "gzip: members", ArchiveIdentities.Gzip, Gzip, [.. Packed.Gzip(Text[..1000]), .. Packed.Gzip(Text[1000..])], true },
        { "gzip: content", ArchiveIdentities.Gzip, Gzip, Packed.Gzip(Text[1..]), false },
        { "gzip: second member lost", ArchiveIdentities.Gzip, [.. Gzip, .. Gzip], Gzip, false },
        { "gzip: bytes behind", ArchiveIdentities.Gzip, Gzip, [.. Gzip, 0], false },
        { "gzip: text", ArchiveIdentities.GzipOf(ContentIdentity.Text), Packed.Gzip("a\r\nb"u8.ToArray()), Packed.Gzip("a\nb\n"u8.ToArray()), true },
        { "gzip: bytes of text", ArchiveIdentities.Gzip, Packed.Gzip("a\r\nb"u8.ToArray()), Packed.Gzip("a\nb\n"u8.ToArray()), false },
        { "tar: times, owners", ArchiveIdentities.Tar, Tar, Packed.Tar(2020, Plain, Two), true },
        { "tar: order", ArchiveIdentities.Tar, Tar, Packed.Tar(2001, Plain, Two[1], Two[0]), true },
        { "tar: permissions", ArchiveIdentities.Tar, Tar, Packed.Tar(2001, Plain | UnixFileMode.UserExecute, Two), false },
        { "tar: name", ArchiveIdentities.Tar, Tar, Packed.Tar(2001, Plain, ("A", "one\n"), Two[1]), false },
        { "tar: content", ArchiveIdentities.Tar, Tar, Packed.Tar(2001, Plain, ("a", "two\n"), Two[1]), false },
        { "tar: fewer", ArchiveIdentities.Tar, Tar, Packed.Tar(2001, Plain, Two[0]), false },
        { "tar: last of one name", ArchiveIdentities.Tar, Packed.Tar(2001, Plain, ("a", "1"), ("a", "2")), Packed.Tar(2001, Plain, ("a", "2"), ("a", "1")), false },
        { "tar: archive behind", ArchiveIdentities.Tar, Tar, [.. Tar, .. Tar], false },
        { "tar.gz", ArchiveIdentities.TarGz, Packed.Gzip(Tar), Packed.Gzip(Packed.Tar(2020, Plain, Two[1], Two[0]), CompressionLevel.Fastest), true },
        { "tar.gz: content", ArchiveIdentities.TarGz, Packed.Gzip(Tar), Packed.Gzip(Packed.Tar(2020, Plain, Two[1])), false },
        { "zip: times, order", ArchiveIdentities.Zip, Zip, Packed.Zip(2020, true, CompressionLevel.Optimal, Two[1], Two[0]), true },
        { "zip: stored", ArchiveIdentities.Zip, Zip, Packed.Zip(2001, true, CompressionLevel.NoCompression, Two), true },
        { "zip: sizes behind", ArchiveIdentities.Zip, Zip, Packed.Zip(2001, false, CompressionLevel.Optimal, Two), true },
        { "zip: content", ArchiveIdentities.Zip, Zip, Packed.Zip(2001, true, CompressionLevel.Optimal, ("a", "two\n"), Two[1]), false },
        { "zip: name", ArchiveIdentities.Zip, Zip, Packed.Zip(2001, true, CompressionLevel.Optimal, ("A", "one\n"), Two[1]), false },
        { "zip: empty", ArchiveIdentities.Zip, Packed.Zip(2001, true, CompressionLevel.Optimal), Zip, false },
    };

    public static TheoryData<string, ContentIdentity, byte[]> Intact => new()
    {
        { "gzip", ArchiveIdentities.Gzip, Gzip },
        { "tar", ArchiveIdentities.Tar, Tar },
        { "tar.gz", ArchiveIdentities.TarGz, Packed.Gzip(Tar) },
        { "zip", ArchiveIdentities.Zip, Zip },
        { "zip with sizes behind", ArchiveIdentities.Zip, Packed.Zip(2001, false, CompressionLevel.Optimal, Two) },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Identity_OfTwoArchives_ComparesWhatIsInThem(string about, ContentIdentity rule, byte[] one, byte[] other, bool isSame) =>
        Assert.True(isSame == (Of(rule, one) == Of(rule, other)), about);

    [Theory]
    [MemberData(nameof(Intact), DisableDiscoveryEnumeration = true)]
    public void Identity_OfAnIntactArchive_IsNotThatOfItsBytes(string about, ContentIdentity rule, byte[] bytes) =>
        Assert.True(Of(rule, bytes) != DamagedOf(bytes), about);

    [Theory]
    [MemberData(nameof(Intact), DisableDiscoveryEnumeration = true)]
    public void Identity_OfAnArchiveCutAnywhere_IsNotThatOfTheWhole(string about, ContentIdentity rule, byte[] bytes)
    {
        var whole = Of(rule, bytes);
        var end = rule == ArchiveIdentities.Tar ? bytes.Length - 2048 : bytes.Length;
        Assert.All(Enumerable.Range(0, 60).Select(part => (int)((long)part * end / 60)), cut => Assert.True(Of(rule, bytes[..cut]) != whole, $"{about} cut at {cut}"));
    }

    [Fact]
    public void Identity_OfADamagedArchive_IsThatOfItsBytesUnderAnotherName()
    {
        foreach (var rule in new[] { ArchiveIdentities.Gzip, ArchiveIdentities.TarGz, ArchiveIdentities.Zip })
        {
            Assert.Equal(DamagedOf(Text), Of(rule, Text));
        }

        var flipped = (byte[])Gzip.Clone();
        flipped[^6] ^= 1;
        Assert.Equal(DamagedOf(flipped), Of(ArchiveIdentities.Gzip, flipped));
        Assert.Equal(DamagedOf(Gzip[..^1]), Of(ArchiveIdentities.Gzip, Gzip[..^1]));
        Assert.Equal(DamagedOf(Text), Of(ArchiveIdentities.Tar, Text));
        Assert.Equal(DamagedOf([]), Of(ArchiveIdentities.Gzip, []));
    }

    [Theory]
    [MemberData(nameof(Intact), DisableDiscoveryEnumeration = true)]
    public void Identity_FedInPieces_IsTheSame(string about, ContentIdentity rule, byte[] bytes)
    {
        Assert.True(Of(rule, bytes) == Of(rule, bytes, 1), about);
        Assert.True(Of(rule, bytes) == Of(rule, bytes, 4099), about);
    }

    [Fact]
    public void ContentPass_GivenUp_EndsTheReadersBesideIt()
    {
        var isEnded = new ManualResetEventSlim();
        using (var pass = new ContentPass([new Watched(isEnded)]))
        {
            Assert.False(isEnded.IsSet);
        }

        Assert.True(isEnded.Wait(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void ShellFilter_OfEachRuleThatHasOne_TellsTheSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The filters are for POSIX.");
        foreach (var text in new[] { "a\r\nb", "a\nb\n", "", "\n", "é\r\r\n\rx\n\n", "a'b\\n\"\t\n" })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal(Of(ContentIdentity.Text, bytes), Filtered(ContentIdentity.Text, bytes));
            Assert.Equal(Of(ContentIdentity.Bytes, bytes), Filtered(ContentIdentity.Bytes, bytes));
            Assert.Equal(Of(ArchiveIdentities.Gzip, Packed.Gzip(bytes)), Filtered(ArchiveIdentities.Gzip, Packed.Gzip(bytes)));
        }

        Assert.Equal(Of(ArchiveIdentities.Gzip, Gzip), Filtered(ArchiveIdentities.Gzip, Gzip));
    }

    private static Digest DamagedOf(byte[] bytes) => Digest.OfText($"scalems.damaged/1\n{Of(ContentIdentity.Bytes, bytes)}");

    private static Digest Of(ContentIdentity rule, byte[] bytes, int piece = 1 << 20)
    {
        var digester = rule.Start();
        for (var from = 0; from < bytes.Length; from += Math.Min(piece, bytes.Length - from))
        {
            digester.Append(bytes.AsSpan(from, Math.Min(piece, bytes.Length - from)));
        }

        return digester.Finish();
    }

    private static Digest Filtered(ContentIdentity rule, byte[] bytes)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", rule.ShellFilter!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["LC_ALL"] = "C" },
        })!;
        var writing = Task.Run(() =>
        {
            shell.StandardInput.BaseStream.Write(bytes);
            shell.StandardInput.Close();
        });
        using var output = new MemoryStream();
        shell.StandardOutput.BaseStream.CopyTo(output);
        shell.WaitForExit();
        writing.GetAwaiter().GetResult();
        Assert.Equal(0, shell.ExitCode);
        return Of(ContentIdentity.Bytes, output.ToArray());
    }

    /// <summary>A rule whose reader says when it ended.</summary>
    private sealed class Watched(ManualResetEventSlim isEnded) : ContentIdentity
    {
        public override string Name => "watched";

        public override int Version => 1;

        public override IContentDigester Start() => new PulledDigester(stream =>
        {
            try
            {
                stream.ReadByte();
                return default;
            }
            finally
            {
                isEnded.Set();
            }
        });
    }
}
