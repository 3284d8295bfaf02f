using ScaleMs.Core.Ports;
using ScaleMs.Store.Archives;
using ScaleMs.Store.Tests.Support;
using Xunit;

namespace ScaleMs.Store.Tests.Archives;

public sealed class SpoolTests
{
    [Fact]
    public void Spool_WhileItIsRead_HasNoName()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A name of an open file may stay until it is closed.");
        using var workspace = new Workspace();
        var bytes = new byte[200_000];
        bytes[^1] = 7;
        using (var spool = Spool.Of(new MemoryStream(bytes), workspace.Root))
        {
            Assert.Empty(Directory.GetFiles(workspace.Root));
            Assert.Equal((0, bytes.Length), (spool.Position, spool.Length));
            spool.Seek(-1, SeekOrigin.End);
            Assert.Equal(7, spool.ReadByte());
        }

        Assert.Empty(Directory.GetFiles(workspace.Root));
    }

    [Fact]
    public void Spool_OfAPassThatWasGivenUp_LeavesNothing()
    {
        using var workspace = new Workspace();
        using var closed = new MemoryStream();
        closed.Close();
        Assert.Throws<ObjectDisposedException>(() => Spool.Of(closed, workspace.Root));
        Assert.Empty(Directory.GetFiles(workspace.Root));
    }

    [Fact]
    public void Spool_WithoutItsFolder_NamesTheFolder()
    {
        using var workspace = new Workspace();
        var folder = Path.Combine(workspace.Root, "gone");
        var refusal = Assert.Throws<StoreException>(() => Spool.Of(new MemoryStream(), folder));
        Assert.Equal($"cannot unpack a zip file in '{folder}': nothing is there", refusal.Message);
    }
}
