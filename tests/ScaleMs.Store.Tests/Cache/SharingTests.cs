using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

public sealed class SharingTests : IDisposable
{
    private readonly CacheFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Result_MadeInOneWorkspace_IsFoundInAnotherWithItsBytes()
    {
        CacheClient.MakeIn(_cache.Root, 1, "first", "second");
        using var other = new CacheClient(_cache.Root);
        Assert.Equal(_cache.Root, other.Store.FindResult(Sample.Key(1)).Cache);
        Assert.Equal("first|second", other.Take(1));
        Assert.Empty(other.Notices);
    }

    [Fact]
    public void Result_Taken_IsInTheWorkspacesOwnJournalOnceAStepReliesOnIt()
    {
        CacheClient.MakeIn(_cache.Root, 2, "text");
        using var other = new CacheClient(_cache.Root);
        var taken = other.Store.FindResult(Sample.Key(2)).Result!;
        Assert.Empty(other.Store.State.Results);
        other.Store.Commit(Sample.State(1, 2));
        Assert.Equal(StateText.Of(taken), StateText.Of(other.Store.State.Results[Sample.Key(2)]));
        Assert.Equal(_cache.Root, other.Store.FindResult(Sample.Key(2)).Cache);
        Assert.True(taken.IsContinued, "that it continued from a checkpoint must not get lost");
    }

    [Fact]
    public void Result_Found_BringsNoBytesBeforeTheyAreDemanded()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        using var other = new CacheClient(_cache.Root);
        var bytes = other.Store.FindResult(Sample.Key(1)).Result!.Outputs[0].Bytes;
        Assert.True(other.Store.CanBring(bytes));
        Assert.False(other.Store.HasBlob(bytes));
        Assert.True(other.Store.Bring(bytes));
        Assert.True(other.Store.HasBlob(bytes));
    }

    [Fact]
    public void Result_OfNobody_IsNotFound()
    {
        using var client = new CacheClient(_cache.Root);
        Assert.Equal(default, client.Store.FindResult(Sample.Key(1)));
    }

    [Fact]
    public void Result_OfferedByTwoAtOnce_FirstWinsAndBothAreFine()
    {
        for (var round = 0; round < 20; round++)
        {
            using var a = new CacheClient(_cache.Root);
            using var b = new CacheClient(_cache.Root);
            a.Make(round, $"a{round}");
            b.Make(round, $"b{round}");
            Parallel.Invoke(a.Close, b.Close);
            using var third = new CacheClient(_cache.Root);
            var first = third.Take(round);
            Assert.Contains(first, (string[])[$"a{round}", $"b{round}"]);
            Assert.Empty(a.Notices.Concat(b.Notices).Concat(third.Notices));
            CacheClient.MakeIn(_cache.Root, round, "later");
            using var fourth = new CacheClient(_cache.Root);
            Assert.Equal(first, fourth.Take(round));
        }
    }

    [Theory]
    [InlineData("with spaces")]
    [InlineData("line\nbreak")]
    [InlineData("ünï 'quoted\"")]
    public void Cache_OfOddName_Serves(string name)
    {
        using var odd = new CacheFolder(name);
        CacheClient.MakeIn(odd.Root, 1, "text");
        using var other = new CacheClient(odd.Root);
        Assert.Equal("text", other.Take(1));
    }

    [Fact]
    public void Cache_Unused_IsNotMade()
    {
        using (var client = new CacheClient(_cache.Root))
        {
            client.Store.Commit(Sample.State(1, 1));
        }

        Assert.False(Directory.Exists(_cache.Root));
    }

    [Fact]
    public void Record_InTheCache_HoldsNoPathOfItsWorkspace()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        Assert.DoesNotContain(Path.GetTempPath(), File.ReadAllText(_cache.Record(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Blob_InTheCache_IsReadOnlyAndNoHardLink()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(_cache.Blob("text")));
        using var other = new CacheClient(_cache.Root);
        other.Take(1);
        CacheFolder.Overwrite(_cache.Blob("text"), _ => "TEXT"u8.ToArray());
        Assert.Equal("text", other.Take(1));
    }

    [Fact]
    public void Leases_OfClosedClients_AreGone()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        Assert.Empty(Directory.GetFiles(_cache.Leases));
        Assert.Empty(Directory.GetFiles(Path.Combine(_cache.Root, "incoming")));
    }
}
