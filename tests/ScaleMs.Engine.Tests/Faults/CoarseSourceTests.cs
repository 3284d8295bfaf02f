using System.Diagnostics;
using ScaleMs.Store.Disk;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>Sources on another device than the store, where several edits may share a time stamp.</summary>
public sealed class CoarseSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalems-coarse-").FullName;
    private readonly TestStudy _study = new();

    private string Mounted => Path.Combine(_folder, "mounted");

    private string Source => Path.Combine(Mounted, "in.txt");

    public void Dispose()
    {
        Run("umount", "-l", Mounted);
        _study.Dispose();
        new PhysicalDisk().Delete(_folder);
    }

    [Theory]
    [InlineData("vfat")]
    [InlineData("ext2", "-I", "128")]
    public void Run_SourceEditedWithinTheGrainOfItsDevice_IsNoticed(string kind, params string[] options)
    {
        Mount(kind, options);
        for (var edit = 0; edit < 4; edit++)
        {
            // In place and of one length: nothing but a stamp could tell, and there is one for a second or two.
            Overwrite($"text {edit}\n");
            _study.Run(steps => steps.Shell("copy", "cat in.txt > out.txt").Input("in.txt", new SourceFile(Source)).Output("out.txt", publish: "out.txt"));
            Assert.Equal($"text {edit}\n", _study.Read("out.txt"));
        }
    }

    [Fact]
    public void NowBeside_AnyFile_IsNoLaterThanItsNextStampAndLeavesNothing()
    {
        var folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/scalems-{Guid.NewGuid():N}").FullName : _folder;
        var (disk, file) = (new PhysicalDisk(), Path.Combine(folder, "a"));
        File.WriteAllText(file, "1");
        var before = disk.Stat(folder);
        var now = disk.NowBeside(file);
        Assert.Equal(before, disk.Stat(folder));
        Assert.Single(Directory.GetFileSystemEntries(folder));
        File.WriteAllText(file, "2");
        Assert.InRange(now, disk.Stat(file)!.Value.ModifiedNs - 10_000_000_000, disk.Stat(file)!.Value.ModifiedNs);
        disk.Delete(folder);
    }

    private void Overwrite(string text)
    {
        using var file = new FileStream(Source, FileMode.OpenOrCreate, FileAccess.Write);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }

    private void Mount(string kind, string[] options)
    {
        Directory.CreateDirectory(Mounted);
        var image = Path.Combine(_folder, "image");
        using (var file = File.Create(image))
        {
            file.SetLength(4 << 20);
        }

        Assert.SkipUnless(OperatingSystem.IsLinux() && Run($"mkfs.{kind}", [.. options, image]), $"needs mkfs.{kind}");
        Assert.SkipUnless(Run("mount", "-o", "loop", image, Mounted), "needs root and loop devices to mount an image");
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
