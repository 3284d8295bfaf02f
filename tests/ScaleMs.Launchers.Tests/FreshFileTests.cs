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
    public void Open_OfAFileThatIsThere_EmptiesIt()
    {
        File.WriteAllText(_file, "what was there before");
        FreshFile.Open(_file).Dispose();
        Assert.Empty(File.ReadAllBytes(_file));
    }
}
