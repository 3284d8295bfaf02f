using ScaleMs.Core.Planning;
using ScaleMs.Engine.Tests;
using ScaleMs.Store.Disk;

namespace ScaleMs.Tool.Tests;

/// <summary>A store that was stopped and taken elsewhere: another path, another machine.</summary>
public sealed class MovedStoreTests : IDisposable
{
    private readonly TestStudy _here = new();
    private readonly TestStudy _there = new();

    public MovedStoreTests() => _here.Write("in.txt", "one\n");

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public void Store_MovedToAnotherPath_StaysUpToDate()
    {
        _here.Run(ThreeSteps.Of());
        Directory.Delete(_there.Root);
        Directory.Move(_here.Root, _there.Root);
        Directory.CreateDirectory(_here.Root);
        Check();
    }

    [Fact]
    public void Store_CopiedToAnotherMachine_StaysUpToDate()
    {
        _here.Run(ThreeSteps.Of());
        Copy();
        // Another machine: other inodes and times by the copy, and here another host and boot in the names of the segments.
        foreach (var segment in Directory.GetFiles(_there.PathOf(".scalems/journal")))
        {
            var name = Path.GetFileName(segment);
            File.Move(segment, Path.Combine(Path.GetDirectoryName(segment)!, $"{name.Split('-')[0]}-elsewhere-0123456789abcdef{name[name.IndexOf(".log", StringComparison.Ordinal)..]}"));
        }

        Check();
    }

    private void Copy()
    {
        var disk = new PhysicalDisk();
        foreach (var file in Directory.GetFiles(_here.Root, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("lock" or "owner.json")))
        {
            disk.Copy(file, file.Replace(_here.Root, _there.Root, StringComparison.Ordinal), executable: false);
        }
    }

    private void Check()
    {
        var tool = ToolProcess.Run(_there.Root, "verify");
        Assert.Equal(0, tool.ExitCode);
        Assert.DoesNotContain("lost    ", tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, ToolProcess.Run(_there.Root, "du").ExitCode);
        _there.Run(ThreeSteps.Of());
        Assert.Equal(ThreeSteps.All, _there.Of(Outcome.UpToDate));

        _there.Delete("results/second.txt");
        _there.Run(ThreeSteps.Of());
        Assert.Equal("t/second", _there.Of(Outcome.Restored));
        _there.Write("in.txt", "two\n");
        _there.Run(ThreeSteps.Of());
        Assert.Equal("t/first t/second", _there.Ran);
        Assert.Equal(0, ToolProcess.Run(_there.Root, "gc", "--keep-runs", "0").ExitCode);
        Assert.Equal(0, ToolProcess.Run(_there.Root, "verify").ExitCode);
    }
}
