using System.Diagnostics;
using ScaleMs.Launchers.Native;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>A folder that is marked for speed alone: where it cannot be, nothing is lost and nobody is told.</summary>
public sealed class SpreadFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-spread-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Folder_OnExt4_IsMarkedAndStaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Said("stat", "-f", "-c", "%T", _root).Text.Contains("ext2/ext3", StringComparison.Ordinal) && Said("lsattr", "-d", _root).Code == 0, "the folder for temporary files is not on ext4, or there is no lsattr");
        var folder = Path.Combine(_root, "work");
        SpreadFolder.TryMake(folder);
        var marks = Said("lsattr", "-d", folder).Text.Split(' ')[0];
        Assert.Contains('T', marks);
        SpreadFolder.Make(folder);
        Assert.Equal(marks, Said("lsattr", "-d", folder).Text.Split(' ')[0]);
    }

    [Fact]
    public void Folder_OnAFileSystemWithoutTheMark_IsMadeAllTheSame()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no file system in memory");
        var parent = Directory.CreateDirectory($"/dev/shm/scalems-spread-{Guid.NewGuid():N}").FullName;
        try
        {
            foreach (var make in (Action<string>[])[SpreadFolder.TryMake, SpreadFolder.Make])
            {
                var folder = Path.Combine(parent, make.Method.Name, "work");
                make(folder);
                File.WriteAllText(Path.Combine(folder, "file"), "text");
            }
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    [Fact]
    public void TryMake_WhereThereIsAFileInTheWay_LeavesIt()
    {
        var file = Path.Combine(_root, "work");
        File.WriteAllText(file, "somebody's");
        SpreadFolder.TryMake(file);
        SpreadFolder.TryMake(Path.Combine(file, "below"));
        Assert.Equal("somebody's", File.ReadAllText(file));
        Assert.ThrowsAny<IOException>(() => SpreadFolder.Make(file));
    }

    /// <summary>Nobody, not even root, makes folders there.</summary>
    [Fact]
    public void TryMake_WhereNobodyMayWrite_LeavesItToWhoeverNeedsTheFolder()
    {
        Assert.SkipUnless(Directory.Exists("/sys/kernel"), "there is no file system of the kernel");
        SpreadFolder.TryMake("/sys/scalems");
        Assert.False(Directory.Exists("/sys/scalems"));
        Assert.Throws<UnauthorizedAccessException>(() => SpreadFolder.Make("/sys/scalems"));
    }

    [Fact]
    public void TryMake_OnAFullDisk_LeavesItToWhoeverNeedsTheFolder()
    {
        var disk = Directory.CreateDirectory(Path.Combine(_root, "disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Said("mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=2", "tmpfs", disk).Code == 0, "a small disk cannot be mounted: that takes root");
        try
        {
            File.WriteAllText(Path.Combine(disk, "last"), string.Empty);
            var folder = Path.Combine(disk, "work");
            SpreadFolder.TryMake(folder);
            Assert.False(Directory.Exists(folder));
            Assert.Contains("space", Assert.ThrowsAny<IOException>(() => SpreadFolder.Make(folder)).Message, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Said("umount", "-l", disk);
        }
    }

    private static (int Code, string Text) Said(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (127, string.Empty);
        }
    }
}
