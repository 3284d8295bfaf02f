using System.Diagnostics;
using System.Text;
using ScaleMs.Launchers.Native;
using Xunit;

namespace ScaleMs.Launchers.Tests;

/// <summary>Files that are written from their beginning.</summary>
public sealed class FreshFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Write_OverALongerFile_LeavesOnlyTheNew()
    {
        File.WriteAllText(_file, "what was there before");
        FreshFile.Write(_file, "now");
        Assert.Equal("now"u8.ToArray(), File.ReadAllBytes(_file));
    }

    [Fact]
    public void Write_OfHalfACharacter_IsRefused() =>
        Assert.Throws<EncoderFallbackException>(() => FreshFile.Write(_file, "\ud83d"));

    /// <summary>A function's memory is limited, and its text may be most of it.</summary>
    [Fact]
    public void Write_OfALargeText_MakesNoCopyOfIt()
    {
        var text = new string('x', 16 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        FreshFile.Write(_file, text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, text.Length / 4);
        Assert.Equal(text.Length, new FileInfo(_file).Length);
    }

    [Fact]
    public void Write_ToAPipe_GoesThroughIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a pipe that is opened for both does not wait there");
        File.Delete(_file);
        using (var making = Process.Start("mkfifo", _file))
        {
            making.WaitForExit();
        }

        using var reader = new FileStream(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        FreshFile.Write(_file, "text");
        Assert.Equal((byte)'t', reader.ReadByte());
    }

    [Fact]
    public void Open_OfAFileThatIsThere_EmptiesIt()
    {
        File.WriteAllText(_file, "what was there before");
        FreshFile.Open(_file).Dispose();
        Assert.Empty(File.ReadAllBytes(_file));
    }
}
