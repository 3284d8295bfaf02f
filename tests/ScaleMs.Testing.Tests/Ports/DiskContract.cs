using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using Xunit;

namespace ScaleMs.Testing.Tests.Ports;

/// <summary>What the engine relies on of any disk; the one in memory and the real one are held to the same.</summary>
public abstract class DiskContract
{
    private protected abstract IDisk Disk { get; }

    private protected abstract string Root { get; }

    [Fact]
    public void Stat_OfFileDirectoryAndNothing_TellsThemApart()
    {
        Disk.CreateDirectory(At("a/b"));
        Disk.WriteText(At("a/f"), "text");
        Assert.True(Disk.Stat(At("a/b")) is { IsDirectory: true, IsFile: false });
        Assert.True(Disk.Stat(At("a/f")) is { IsFile: true, IsDirectory: false, IsExecutable: false, Length: 4 });
        Assert.Null(Disk.Stat(At("a/none")));
        Assert.Null(Disk.Stat(At("a/f/below")));
    }

    [Fact]
    public void List_OfADirectory_TellsEveryEntryInOrder()
    {
        Disk.CreateDirectory(At("d/b"));
        Disk.WriteText(At("d/.a"), "text");
        Disk.WriteText(At("d/C"), "text");
        Disk.Link("C", At("d/link"));
        Disk.Link("none", At("d/lost"));

        var entries = Disk.List(At("d"));
        Assert.Equal([".a", "C", "b", "link", "lost"], entries.Select(entry => entry.Name));
        Assert.Equal([null, null, null, "C", "none"], entries.Select(entry => entry.Target));
        Assert.All(entries, entry => Assert.Equal(Disk.Stat(At($"d/{entry.Name}"), followLinks: false), entry.Stat));
        Assert.Throws<StoreException>(() => Disk.List(At("none")));
        Assert.Throws<StoreException>(() => Disk.List(At("d/C")));
    }

    [Fact]
    public void Link_IsFollowedOrNot()
    {
        Disk.WriteText(At("f"), "text");
        Disk.Link("f", At("link"));
        Disk.Link(At("none"), At("dangling"));
        Assert.Equal(Disk.Stat(At("f")), Disk.Stat(At("link")));
        Assert.True(Disk.Stat(At("link"), followLinks: false) is { IsLink: true });
        Assert.Null(Disk.Stat(At("dangling")));
        Assert.NotNull(Disk.Stat(At("dangling"), followLinks: false));
        Assert.Equal("text", Disk.ReadText(At("link")));
        Assert.Equal(Disk.RealPath(At("f")), Disk.RealPath(At("link")));
    }

    [Fact]
    public void Text_WrittenAgain_IsAnotherFileOfTheSameName()
    {
        Disk.WriteText(At("f"), "one");
        var before = Disk.Stat(At("f"))!.Value;
        Disk.WriteText(At("f"), "two");
        Assert.Equal("two", Disk.ReadText(At("f")));
        Assert.NotEqual(before.Inode, Disk.Stat(At("f"))!.Value.Inode);
    }

    [Fact]
    public void Copy_MakesItsDirectoryAndReplaces()
    {
        Disk.WriteText(At("f"), "one");
        Disk.Copy(At("f"), At("deep/er/copy"), executable: true);
        Assert.True(Disk.Stat(At("deep/er/copy")) is { IsExecutable: true });
        Disk.WriteText(At("f"), "two");
        Assert.Equal("one", Disk.ReadText(At("deep/er/copy")));
        Disk.Copy(At("f"), At("deep/er/copy"), executable: false);
        Assert.True(Disk.Stat(At("deep/er/copy")) is { IsExecutable: false });
        Assert.Equal("two", Disk.ReadText(At("deep/er/copy")));
    }

    [Fact]
    public void Move_TakesTreesAndNeverReplaces()
    {
        Disk.CreateDirectory(At("tree/below"));
        Disk.WriteText(At("tree/below/f"), "text");
        Disk.WriteText(At("other"), "other");
        Disk.Move(At("tree"), At("new/place"));
        Assert.Equal("text", Disk.ReadText(At("new/place/below/f")));
        Assert.Null(Disk.Stat(At("tree")));
        Assert.Throws<StoreException>(() => Disk.Move(At("other"), At("new/place/below/f")));
        Assert.Equal(("text", "other"), (Disk.ReadText(At("new/place/below/f")), Disk.ReadText(At("other"))));
    }

    [Fact]
    public void Delete_TakesTreesAndLeavesWhatLinksPointTo()
    {
        Disk.CreateDirectory(At("tree/below"));
        Disk.WriteText(At("kept"), "text");
        Disk.Link(At("kept"), At("tree/below/link"));
        Disk.Delete(At("tree"));
        Disk.Delete(At("tree"));
        Assert.Null(Disk.Stat(At("tree"), followLinks: false));
        Assert.Equal("text", Disk.ReadText(At("kept")));
    }

    [Fact]
    public void Hash_GivesBytesAndIdentities()
    {
        Disk.WriteText(At("f"), "a\r\nb\n");
        Disk.WriteText(At("g"), "a\nb\n");
        var (bytes, identities) = Disk.Hash(At("f"), [ContentIdentity.Text]);
        Assert.Equal(Digest.OfText("a\r\nb\n"), bytes);
        Assert.Equal(Disk.Hash(At("g"), [ContentIdentity.Text]).Identities, identities);
    }

    [Fact]
    public void Errors_AreOfTheStoreAndNameThePath()
    {
        Disk.WriteText(At("f"), "text");
        foreach (var attempt in new Action[]
        {
            () => Disk.ReadText(At("none")), () => Disk.Hash(At("none"), []), () => Disk.Copy(At("none"), At("copy"), executable: false),
            () => Disk.Move(At("none"), At("moved")), () => Disk.RealPath(At("none")), () => Disk.WriteText(At("none/f"), "x"), () => Disk.CreateDirectory(At("f/below")),
        })
        {
            Assert.Contains(Root, Assert.Throws<StoreException>(attempt).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tail_AndEmptyDirectory_AreTold()
    {
        Disk.CreateDirectory(At("d"));
        Assert.True(Disk.IsEmptyDirectory(At("d")));
        Disk.WriteText(At("d/f"), "one\ntwo\n");
        Assert.False(Disk.IsEmptyDirectory(At("d")) || Disk.IsEmptyDirectory(At("none")) || Disk.IsEmptyDirectory(At("d/f")));
        Assert.Equal(("two\n", "one\ntwo\n"), (Disk.ReadTail(At("d/f"), 4), Disk.ReadTail(At("d/f"), 99)));
    }

    [Fact]
    public void Lines_OfAText_AreWithoutTheirEnds()
    {
        Disk.CreateDirectory(At("d"));
        Disk.WriteText(At("d/f"), "één\r\n\ntwo");
        Disk.WriteText(At("d/g"), "one\n" + new string('x', 200_000) + "\n");
        Disk.WriteText(At("d/long"), "one\n" + new string('x', LineCutter.Longest + 1));
        Assert.Equal(["één", string.Empty, "two"], Disk.ReadLines(At("d/f")));
        Assert.Equal([3, 200_000], Disk.ReadLines(At("d/g")).Select(line => line.Length));
        Assert.Contains("a line of more than", Assert.Throws<StoreException>(() => Disk.ReadLines(At("d/long")).Count()).Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => Disk.ReadLines(At("d/none")).Count());
    }

    [Fact]
    public void Clone_WhereThereCanBeOne_IsAFileOfItsOwn()
    {
        Disk.WriteText(At("f"), "one");
        if (Disk.TryClone(At("f"), At("deep/clone"), executable: true))
        {
            Disk.WriteText(At("f"), "two");
            Assert.Equal("one", Disk.ReadText(At("deep/clone")));
            Assert.True(Disk.Stat(At("deep/clone")) is { IsExecutable: true });
        }
        else
        {
            Assert.Null(Disk.Stat(At("deep/clone")));
        }
    }

    private string At(string path) => $"{Root}/{path}";
}

public sealed class MemoryDiskTests : DiskContract
{
    private readonly VirtualClock _clock = new();
    private readonly MemoryDisk _disk;

    public MemoryDiskTests()
    {
        _disk = new MemoryDisk(_clock);
        _disk.CreateDirectory(Root);
    }

    private protected override IDisk Disk => _disk;

    private protected override string Root => "/memory";

    [Fact]
    public void Stamps_OfAFineDisk_DifferForEveryChange()
    {
        _disk.Write("/memory/f", "one");
        var before = _disk.Stat("/memory/f")!.Value;
        _disk.Write("/memory/f", "two");
        var after = _disk.Stat("/memory/f")!.Value;
        Assert.Equal(before.Inode, after.Inode);
        Assert.True(after.ModifiedNs > before.ModifiedNs && _disk.HasFineStamps(Root));
    }

    [Fact]
    public void Stamps_OfACoarseDisk_AreSharedWithinATick()
    {
        var disk = new MemoryDisk(_clock, TimeSpan.FromSeconds(2));
        disk.Write("/f", "one");
        var before = disk.Stat("/f");
        _clock.Advance(TimeSpan.FromSeconds(1));
        disk.Write("/f", "two");
        Assert.Equal(before, disk.Stat("/f"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        disk.Touch("/f");
        Assert.NotEqual(before, disk.Stat("/f"));
    }

    [Fact]
    public void Link_ThatLeadsToItself_IsAnError()
    {
        _disk.Link("loop", "/memory/loop");
        Assert.Contains("too many", Assert.Throws<StoreException>(() => _disk.ReadText("/memory/loop")).Message, StringComparison.Ordinal);
    }
}

public sealed class RealDiskTests : DiskContract, IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("scalems-disk-");

    private protected override IDisk Disk { get; } = new PhysicalDisk();

    private protected override string Root => _directory.FullName;

    public void Dispose() => _directory.Delete(recursive: true);
}
