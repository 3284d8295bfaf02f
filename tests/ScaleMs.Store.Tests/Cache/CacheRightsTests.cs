using ScaleMs.Store.Cache;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>What users may do in each other's caches. They need root, to become somebody else.</summary>
public sealed class CacheRightsTests : IDisposable
{
    private const int Ann = 64001;
    private const int Bob = 64002;
    private const int Group = 64009;
    private const int Nobody = 65534;
    private const UnixFileMode GroupShares = UnixFileMode.SetGroup
        | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    private readonly CacheFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    [Fact]
    public void Cache_OfAGroup_ServesAllItsMembersBothWays()
    {
        MakeGroupFolder();
        AssertRan([], OtherUser.Run(Ann, Group, _cache.Root, "make 1 of-ann"));
        AssertRan(["of-ann"], OtherUser.Run(Bob, Group, _cache.Root, "take 1", "make 2 of-bob", "make 3 of-ann"));
        AssertRan(["of-bob", "of-ann"], OtherUser.Run(Ann, Group, _cache.Root, "take 2", "take 3"));
        var folders = Directory.GetDirectories(_cache.Root, "*", SearchOption.AllDirectories);
        Assert.All(folders, folder => Assert.Equal(GroupShares, File.GetUnixFileMode(folder)));
    }

    [Fact]
    public void Cache_OfAGroup_MarksAnothersRecordAsUsed()
    {
        MakeGroupFolder();
        AssertRan([], OtherUser.Run(Ann, Group, _cache.Root, "make 1 of-ann"));
        _cache.Age(TimeSpan.FromDays(3), _cache.Record(1));
        AssertRan(["of-ann"], OtherUser.Run(Bob, Group, _cache.Root, "take 1"));
        Assert.True(File.GetLastWriteTimeUtc(_cache.Record(1)) > DateTime.UtcNow.AddDays(-1));
    }

    [Fact]
    public void Cache_OfAGroup_IsHealedByAnotherMember()
    {
        MakeGroupFolder();
        AssertRan([], OtherUser.Run(Ann, Group, _cache.Root, "make 1 of-ann"));
        CacheFolder.Overwrite(_cache.Blob("of-ann"), _ => "OF-ANN"u8.ToArray());
        Assert.Equal("-", OtherUser.Run(Bob, Group, _cache.Root, "take 1", "make 1 of-ann")![0]);
        AssertRan(["of-ann"], OtherUser.Run(Ann, Group, _cache.Root, "take 1"));
    }

    [Fact]
    public void Cache_OfAGroup_IsCollectedByAnyMember()
    {
        MakeGroupFolder();
        AssertRan([], OtherUser.Run(Ann, Group, _cache.Root, "make 1 of-ann", "make 2 of-ann-too"));
        _cache.Age(TimeSpan.FromDays(3));
        AssertRan(["collected 2"], OtherUser.Run(Bob, Group, _cache.Root, "collect"));
        AssertRan(["collected 0"], OtherUser.Run(Ann, Group, _cache.Root, "collect"));
    }

    [Fact]
    public void Cache_ReadableButNotWritable_IsReadWithOneNotice()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        File.SetUnixFileMode(Path.GetDirectoryName(_cache.Root)!, GroupShares | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var before = _cache.Listing();
        var told = OtherUser.Run(Nobody, Nobody, _cache.Root, "take 1", "make 2 x", "make 3 y", "take 1");
        Assert.SkipWhen(told is null, "needs root to become another user");
        Assert.Equal(["text", "text"], told![..2]);
        Assert.Contains("permission denied", Assert.Single(told[2..]), StringComparison.Ordinal);
        Assert.Equal(before, _cache.Listing());
    }

    [Fact]
    public void Cache_NotEvenReadable_IsLeftWithOneNotice()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        File.SetUnixFileMode(_cache.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(Path.GetDirectoryName(_cache.Root)!, GroupShares | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var told = OtherUser.Run(Nobody, Nobody, _cache.Root, "take 1", "make 2 x", "take 1");
        Assert.SkipWhen(told is null, "needs root to become another user");
        Assert.Equal(["-", "-"], told![..2]);
        Assert.Contains("goes on without the cache", Assert.Single(told[2..]), StringComparison.Ordinal);
    }

    private void MakeGroupFolder()
    {
        Assert.SkipUnless(OtherUser.Run(Ann, Group, _cache.Root + "-none") is not null, "needs root to become another user");
        Directory.CreateDirectory(_cache.Root);
        OtherUser.GiveTo(_cache.Root, Ann, Group);
        File.SetUnixFileMode(_cache.Root, GroupShares);
        File.SetUnixFileMode(Path.GetDirectoryName(_cache.Root)!, GroupShares | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private static void AssertRan(string[] expected, string[]? told) => Assert.Equal(expected, told);
}
