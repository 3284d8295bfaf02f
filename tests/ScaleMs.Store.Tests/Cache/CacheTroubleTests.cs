using System.Diagnostics;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>A cache that cannot be used costs its help, never the run.</summary>
public sealed class CacheTroubleTests : IDisposable
{
    private readonly CacheFolder _cache = new();
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", _cache.Root);
        }

        _cache.Dispose();
    }

    [Fact]
    public void Open_NewerFormat_IsRefusedWithAdviceAndUntouched()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        CacheFolder.Overwrite(Path.Combine(_cache.Root, "cache.json"), _ => """{"format":2}"""u8.ToArray());
        var before = _cache.Listing();
        AssertLeftWith("use the newer version that wrote it");
        Assert.Equal(before, _cache.Listing());
    }

    [Fact]
    public void Open_FolderOfSomethingElse_IsLeftAlone()
    {
        Directory.CreateDirectory(_cache.Root);
        File.WriteAllText(Path.Combine(_cache.Root, "thesis.tex"), "years of work");
        var before = _cache.Listing();
        AssertLeftWith("'thesis.tex'");
        Assert.Equal(before, _cache.Listing());
    }

    [Fact]
    public void Open_AFileInPlaceOfAFolder_IsLeft()
    {
        File.WriteAllText(_cache.Root, "a file");
        AssertLeftWith("goes on without the cache");
    }

    [Fact]
    public void Open_ToReadOnly_WritesNothingAtAll()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        _cache.Age(TimeSpan.FromDays(2));
        var before = _cache.Listing();
        using var reader = new CacheClient(_cache.Root, isReadOnly: true);
        Assert.Equal("text", reader.Take(1));
        reader.Make(2, "more");
        Assert.Equal(before, _cache.Listing());
        reader.Close();
        Assert.Equal(before, _cache.Listing());
        Assert.Empty(reader.Notices);
    }

    [Fact]
    public void Open_ToReadOnlyWhereNoneIs_SaysSoAndMakesNone()
    {
        using var reader = new CacheClient(_cache.Root, isReadOnly: true);
        Assert.Null(reader.Take(1));
        Assert.Contains("there is no shared cache", Assert.Single(reader.Notices), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_cache.Root));
    }

    [Fact]
    public void Offer_DiskFull_IsToldOnceAndTheRestIsStillTaken()
    {
        MountOneMebibyte();
        CacheClient.MakeIn(_cache.Root, 1, "small");
        using var client = new CacheClient(_cache.Root);
        for (var key = 2; key < 6; key++)
        {
            client.Make(key, new string((char)('a' + key), 1 << 20));
        }

        Assert.Equal("small", client.Take(1));
        client.Close();
        Assert.Contains("the disk is full", Assert.Single(client.Notices), StringComparison.Ordinal);
        Assert.False(File.Exists(_cache.Record(2)));
        using var other = new CacheClient(_cache.Root);
        Assert.Equal("small", other.Take(1));
        Assert.Null(other.Take(2));
    }

    [Fact]
    public void Offer_DiskFullFromTheBeginning_IsToldOnce()
    {
        MountOneMebibyte();
        CacheClient.MakeIn(_cache.Root, 1, "small");
        Run("dd", "if=/dev/zero", $"of={_cache.Root}/.ballast", "bs=4k");
        using var client = new CacheClient(_cache.Root);
        Assert.Equal("small", client.Take(1));
        client.Make(2, "more");
        client.Close();
        Assert.Contains("the disk is full", Assert.Single(client.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void Cache_RemovedUnderARun_IsMissedOnly()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        using var client = new CacheClient(_cache.Root);
        Assert.NotNull(client.Store.FindResult(Sample.Key(1)).Result);
        Directory.Delete(_cache.Root, recursive: true);
        Assert.Null(client.Take(1));
        client.Make(2, "more");
        client.Close();
        Assert.True(client.Notices.Count <= 1);
    }

    private void AssertLeftWith(string advice)
    {
        using var client = new CacheClient(_cache.Root);
        Assert.Null(client.Take(1));
        client.Make(1, "made");
        Assert.Equal("made", client.Take(1));
        client.Close();
        Assert.Contains(advice, Assert.Single(client.Notices), StringComparison.Ordinal);
    }

    private void MountOneMebibyte()
    {
        Directory.CreateDirectory(_cache.Root);
        _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _cache.Root);
        Assert.SkipUnless(_isMounted, "needs root to mount a small tmpfs");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
