using System.Diagnostics;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests;

public sealed class PhysicalDiskTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly PhysicalDisk _disk = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Stat_File_AgreesWithTheSystemsOwnProgram()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "statx is Linux's");
        var path = _workspace.Write("file", "twelve bytes");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var stat = _disk.Stat(path)!.Value;
        using var process = Process.Start(new ProcessStartInfo("stat", ["-c", "%i %s %.9Y %.9Z %f %Hd %Ld", path]) { RedirectStandardOutput = true })!;
        var seconds = (long ns) => $"{ns / 1_000_000_000}.{ns % 1_000_000_000:D9}";
        Assert.Equal(
            process.StandardOutput.ReadLine(),
            $"{stat.Inode} {stat.Length} {seconds(stat.ModifiedNs)} {seconds(stat.ChangedNs)} {stat.Mode:x} {stat.Device >> 32} {stat.Device & uint.MaxValue}");
        Assert.True(stat.IsFile && stat.IsExecutable);
    }

    [Fact]
    public void Stat_Links_AreFollowedOrNot()
    {
        _disk.Link(_workspace.Write("file", "x"), At("link"));
        _disk.Link("nowhere", At("dangling"));
        Assert.True(_disk.Stat(At("link"))!.Value.IsFile);
        Assert.True(_disk.Stat(At("link"), followLinks: false)!.Value.IsLink);
        Assert.Null(_disk.Stat(At("dangling")));
        Assert.True(_disk.Stat(At("dangling"), followLinks: false)!.Value.IsLink);
        Assert.Null(_disk.Stat(At("absent")));
        Assert.Null(_disk.Stat(At("file") + "/below"));
        Assert.True(_disk.Stat(_workspace.Root)!.Value.IsDirectory);
    }

    [Fact]
    public void Stat_Portable_TellsKindLengthAndTime()
    {
        _disk.Link(_workspace.Write("file", "12345"), At("link"));
        _disk.Link("nowhere", At("dangling"));
        var native = _disk.Stat(At("file"))!.Value;
        var portable = StatReader.Portable(At("link"), followLinks: true)!.Value;
        Assert.Equal((5, native.ModifiedNs / 100, native.Mode, 0ul), (portable.Length, portable.ModifiedNs / 100, portable.Mode, portable.Inode));
        Assert.True(StatReader.Portable(At("link"), followLinks: false)!.Value.IsLink);
        Assert.True(StatReader.Portable(_workspace.Root, followLinks: true)!.Value.IsDirectory);
        Assert.Null(StatReader.Portable(At("dangling"), followLinks: true));
        Assert.Null(StatReader.Portable(At("absent"), followLinks: true));
    }

    [Fact]
    public void Now_Twice_DoesNotGoBackAndIsNearTheClock()
    {
        var first = _disk.Now(_workspace.Root);
        Assert.True(_disk.Now(_workspace.Root) >= first);
        Assert.InRange(first / 1_000_000_000, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 5, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 5);
    }

    [Fact]
    public void Hash_WithIdentities_IsOnePassForAll()
    {
        var path = _workspace.Write("file", "a\r\nb");
        var (bytes, identities) = _disk.Hash(path, [ContentIdentity.Bytes, ContentIdentity.Text]);
        Assert.Equal(Digest.OfText("a\r\nb"), bytes);
        Assert.Equal([Digest.OfText("a\r\nb"), Digest.OfText("a\nb\n")], identities);
    }

    [Fact]
    public void Hash_FileLockedByItsWriter_IsReadAllTheSame()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "locks are mandatory elsewhere");
        var path = _workspace.Write("file", "x");
        using var writer = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(Digest.OfText("x"), _disk.Hash(path, []).Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(5_000_000)]
    public void Copy_AnyLength_HasTheBytesAndTheMode(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(At("source"), bytes);
        _disk.Copy(At("source"), At("new/folder/target"), executable: true);
        _disk.Copy(At("source"), At("plain"), executable: false);
        Assert.Equal(bytes, File.ReadAllBytes(At("new/folder/target")));
        Assert.Equal("755", Mode(At("new/folder/target")));
        Assert.Equal("644", Mode(At("plain")));
        Assert.Single(Directory.GetFileSystemEntries(At("new/folder")));
    }

    [Fact]
    public void Copy_OntoReadOnlyFileOrLink_ReplacesItAndNotItsTarget()
    {
        var precious = _workspace.Write("precious", "keep");
        _disk.Link(precious, At("target"));
        _disk.Copy(_workspace.Write("source", "new"), At("target"), executable: false);
        Assert.Equal("keep", File.ReadAllText(precious));
        Assert.Equal("new", File.ReadAllText(At("target")));
    }

    [Fact]
    public void Copy_AfterOneThatWasKilled_LeavesNothingBesideTheTarget()
    {
        var (source, folder) = (_workspace.Write("source", "bytes"), Directory.CreateDirectory(Path.Combine(_workspace.Root, "results")).FullName);
        var target = Path.Combine(folder, "target");
        File.WriteAllText(TemporaryName.OfCopy(target), "half of the by");
        _disk.Copy(source, target, executable: false);
        Assert.Equal([target], Directory.GetFiles(folder));
        File.WriteAllText(TemporaryName.OfCopy(target), "half of the by");
        _disk.EndInterruptedCopy(target);
        Assert.Equal([target], Directory.GetFiles(folder));
    }

    [Fact]
    public void Copy_FromProc_HasTheBytes()
    {
        Assert.SkipUnless(File.Exists("/proc/version"), "needs /proc");
        _disk.Copy("/proc/version", At("version"), executable: false);
        Assert.Equal(File.ReadAllText("/proc/version"), File.ReadAllText(At("version")));
    }

    [Fact]
    public void WriteText_NewAndOld_HasNoByteOrderMark()
    {
        _disk.WriteText(At("text"), "old");
        _disk.WriteText(At("text"), "π");
        Assert.Equal([0xCF, 0x80], File.ReadAllBytes(At("text")));
        Assert.Equal("π", _disk.ReadText(At("text")));
        Assert.Single(Directory.GetFileSystemEntries(_workspace.Root));
    }

    [Fact]
    public void Move_OntoSomething_IsRefusedAndNothingIsLost()
    {
        _workspace.Write("a", "a");
        _workspace.Write("b", "b");
        Assert.Throws<StoreException>(() => _disk.Move(At("a"), At("b")));
        _disk.Move(At("a"), At("deep/er/a"));
        _disk.Move(At("deep"), At("moved"));
        _disk.Link("nowhere", At("link"));
        _disk.Move(At("link"), At("link2"));
        Assert.Equal("a", File.ReadAllText(At("moved/er/a")));
        Assert.Equal("b", File.ReadAllText(At("b")));
        Assert.True(_disk.Stat(At("link2"), followLinks: false)!.Value.IsLink);
    }

    [Fact]
    public void Delete_Tree_LeavesWhatLinksPointTo()
    {
        _disk.CreateDirectory(At("outside"));
        _workspace.Write("outside/file", "keep");
        _disk.CreateDirectory(At("tree/below"));
        _workspace.Write("tree/below/file", "x");
        _disk.Link(At("outside"), At("tree/link"));
        File.SetUnixFileMode(At("tree/below/file"), UnixFileMode.UserRead);
        File.SetUnixFileMode(At("tree/below"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _disk.Link(At("outside"), At("top"));
        _disk.Delete(At("tree"));
        _disk.Delete(At("top"));
        _disk.Delete(At("absent"));
        Assert.Equal("keep", File.ReadAllText(At("outside/file")));
        Assert.Equal(["outside"], Directory.GetFileSystemEntries(_workspace.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Delete_TreeWithNamesThatAreNotUtf8_LeavesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "other systems allow no such names");
        var tree = Directory.CreateDirectory(Path.Combine(_workspace.Root, "tree")).FullName;
        var outside = Directory.CreateDirectory(Path.Combine(_workspace.Root, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "kept"), "x");
        const string script = "cd \"$1\" && mkdir -p a/b && d=$(printf 'caf\\351') && mkdir \"a/$d\" && : > \"a/$d/$d\" && ln -s \"$2\" \"a/b/$d\"";
        using (var process = Process.Start("sh", ["-c", script, "sh", tree, outside]))
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        _disk.Delete(tree);
        Assert.False(Directory.Exists(tree));
        Assert.True(File.Exists(Path.Combine(outside, "kept")));
    }

    [Fact]
    public void RealPath_ThroughLinks_IsWhereTheFileIs()
    {
        _disk.CreateDirectory(At("real"));
        _workspace.Write("real/file", "x");
        _disk.Link("real", At("link"));
        _disk.Link("link/file", At("shortcut"));
        var expected = _disk.RealPath(At("real")) + "/file";
        Assert.Equal(expected, _disk.RealPath(At("shortcut")));
        Assert.Equal(expected, RealPaths.Portable(At("shortcut")));
        Assert.Contains("nothing is there", Assert.Throws<StoreException>(() => _disk.RealPath(At("absent"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tail_OfShortAndLongFile_IsTheEndOfIt()
    {
        _workspace.Write("log", "one\ntwo\n");
        Assert.Equal("two\n", _disk.ReadTail(At("log"), 4));
        Assert.Equal("one\ntwo\n", _disk.ReadTail(At("log"), 100));
    }

    [Fact]
    public void EmptyDirectory_HoldsNothing_AndIsThere()
    {
        _disk.CreateDirectory(At("full/empty"));
        _workspace.Write("file", "");
        Assert.Equal((true, false, false, false), (_disk.IsEmptyDirectory(At("full/empty")), _disk.IsEmptyDirectory(At("full")), _disk.IsEmptyDirectory(At("file")), _disk.IsEmptyDirectory(At("absent"))));
    }

    private string At(string name) => Path.Combine(_workspace.Root, name);

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
