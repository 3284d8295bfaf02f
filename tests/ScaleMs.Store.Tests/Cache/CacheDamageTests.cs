using ScaleMs.Core.Digests;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>Whatever happens to the cache's files: never wrong bytes, never an error, and the next offer heals it.</summary>
public sealed class CacheDamageTests : IDisposable
{
    private readonly CacheFolder _cache = new();

    public CacheDamageTests() => CacheClient.MakeIn(_cache.Root, 1, "content", "more");

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Blob_Edited_IsNeverServedAndHealedByTheNextOffer()
    {
        CacheFolder.Overwrite(_cache.Blob("content"), bytes => CacheFolder.FlipOneBit(bytes, 3));
        using (var other = new CacheClient(_cache.Root))
        {
            Assert.Null(other.Take(1));
            Assert.Contains("does not hold the bytes of its name", Assert.Single(other.Notices), StringComparison.Ordinal);
            Assert.False(other.Store.CanBring(Digest.OfText("content")));
        }

        Assert.False(File.Exists(_cache.Blob("content")));
        Assert.Single(Directory.GetFiles(Path.Combine(_cache.Root, "damaged")));
        AssertHealed();
    }

    [Fact]
    public void Blob_Truncated_CountsAsMissing()
    {
        CacheFolder.Overwrite(_cache.Blob("content"), bytes => bytes[..3]);
        AssertMissing();
        AssertHealed();
    }

    [Fact]
    public void Blob_Gone_CountsAsMissing()
    {
        File.Delete(_cache.Blob("content"));
        AssertMissing();
        AssertHealed();
    }

    [Fact]
    public void Blob_ReplacedByALink_CountsAsMissing()
    {
        File.Delete(_cache.Blob("content"));
        File.CreateSymbolicLink(_cache.Blob("content"), _cache.Blob("more"));
        AssertMissing();
        AssertHealed();
    }

    [Fact]
    public void Blob_GoneBetweenFindingAndBringing_IsNotThere()
    {
        using var other = new CacheClient(_cache.Root);
        var found = other.Store.FindResult(Sample.Key(1)).Result!;
        File.Delete(_cache.Blob("content"));
        Assert.False(other.Store.Bring(found.Outputs[0].Bytes));
        Assert.True(other.Store.Bring(found.Outputs[1].Bytes));
        Assert.Empty(other.Notices);
    }

    [Fact]
    public void Record_OneBitFlippedAnywhere_CountsAsMissing()
    {
        var whole = File.ReadAllBytes(_cache.Record(1));
        using var other = new CacheClient(_cache.Root);
        for (var at = 0; at < whole.Length - 1; at += 7)
        {
            CacheFolder.Overwrite(_cache.Record(1), _ => CacheFolder.FlipOneBit([.. whole], at));
            Assert.Null(other.Take(1));
        }

        Assert.Contains("counts as missing", Assert.Single(other.Notices), StringComparison.Ordinal);
        AssertHealed();
    }

    [Fact]
    public void Record_TruncatedAnywhere_CountsAsMissing()
    {
        var whole = File.ReadAllBytes(_cache.Record(1));
        using var other = new CacheClient(_cache.Root);
        for (var length = 0; length < whole.Length; length += 11)
        {
            CacheFolder.Overwrite(_cache.Record(1), _ => whole[..length]);
            Assert.Null(other.Take(1));
        }

        AssertHealed();
    }

    [Fact]
    public void Record_UnderAnotherKeysName_IsNotBelieved()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_cache.Record(2))!);
        File.Copy(_cache.Record(1), _cache.Record(2));
        using var other = new CacheClient(_cache.Root);
        Assert.Null(other.Take(2));
        Assert.Single(other.Notices);
    }

    [Fact]
    public void Record_OfAForm_ThatANewerVersionWrote_CountsAsMissing()
    {
        var text = File.ReadAllText(_cache.Record(1)).Split(' ', 3)[2].TrimEnd('\n').Replace("\"runId\"", "\"color\":1,\"runId\"", StringComparison.Ordinal);
        var line = new System.Buffers.ArrayBufferWriter<byte>();
        Journal.LineFrame.Write(System.Text.Encoding.UTF8.GetBytes(text), line);
        CacheFolder.Overwrite(_cache.Record(1), _ => line.WrittenSpan.ToArray());
        using var other = new CacheClient(_cache.Root);
        Assert.Null(other.Take(1));
        Assert.Contains("does not know its form", Assert.Single(other.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_ReplacedByAFolder_CountsAsMissingAndStopsNothing()
    {
        File.Delete(_cache.Record(1));
        Directory.CreateDirectory(_cache.Record(1));
        using var other = new CacheClient(_cache.Root);
        Assert.Null(other.Take(1));
        other.Make(1, "content", "more");
        other.Close();
        Assert.All(other.Notices, notice => Assert.DoesNotContain("Exception", notice, StringComparison.Ordinal));
    }

    [Fact]
    public void OwnBlob_EditedBeforeItIsOffered_IsNotShared()
    {
        using var editor = new CacheClient(_cache.Root);
        var bytes = editor.Make(6, "edited").Outputs[0].Bytes;
        CacheFolder.Overwrite(editor.Store.BlobPath(bytes), _ => "EDITED"u8.ToArray());
        editor.Close();
        using var other = new CacheClient(_cache.Root);
        Assert.Contains(other.Take(6), (string?[])[null, "edited"]);
    }

    private void AssertMissing()
    {
        using var other = new CacheClient(_cache.Root);
        Assert.Null(other.Take(1));
        Assert.Empty(other.Notices);
    }

    private void AssertHealed()
    {
        CacheClient.MakeIn(_cache.Root, 1, "content", "more");
        using var other = new CacheClient(_cache.Root);
        Assert.Equal("content|more", other.Take(1));
        Assert.Empty(other.Notices);
    }
}
