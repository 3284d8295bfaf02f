using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Slurm.Tests;

/// <summary>Small files beside the attempts, which would stay for ever.</summary>
public sealed class RemainsTests
{
    [Fact]
    public async Task Files_ThatNoAttemptNeeds_AreRemoved()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        Write(space, ".slurm", MadeUp.Batch(7));
        Write(space, ".ended", "gone");
        Write(space, ".wrapper", "wrapper-0123456789abcdef.sh");
        WrapperFile.Put(Path.Combine(space.Work, ".wrapper"));
        await space.Launcher.Tidying;
        Assert.Empty(Names(space, ".slurm"));
        Assert.Empty(Names(space, ".ended"));
        Assert.Equal([WrapperFile.Name], Names(space, ".wrapper"));
    }

    [Fact]
    public async Task Run_BeginsToTidy_AndItsOwnFilesStay()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        Write(space, ".slurm", MadeUp.Batch(7));
        var request = space.Request(SlurmSpace.Shell("true"));
        var run = space.RunAsync(request);
        await Poll.UntilAsync(() => !Names(space, ".slurm").Contains(MadeUp.Batch(7)) && space.JobOf(request).Length > 0);
        MadeUp.Claim(request);
        MadeUp.Finish(request, 0);
        Assert.Equal(LaunchEnd.Exited, (await run).End);
    }

    [Fact]
    public async Task Files_OfAnAttemptThatMayBeTakenOver_Stay()
    {
        using var slurm = new FakeSlurm();
        using var space = slurm.Space();
        var open = space.Request("open", SlurmSpace.Shell("true"));
        MadeUp.Submit(open, 7, 0);
        Write(space, ".slurm", MadeUp.Batch(7));
        Write(space, ".ended", "open");
        Write(space, ".wrapper", "wrapper-0123456789abcdef.sh");
        Write(space, ".slurm", MadeUp.Batch(8));
        await space.Launcher.Tidying;
        Assert.Equal([MadeUp.Batch(7)], Names(space, ".slurm"));
        Assert.Equal(["open"], Names(space, ".ended"));
        Assert.Equal(["wrapper-0123456789abcdef.sh"], Names(space, ".wrapper"));
    }

    private static void Write(SlurmSpace space, string folder, string name) => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(space.Work, folder)).FullName, name), "1\n");

    private static IEnumerable<string> Names(SlurmSpace space, string folder) => Directory.GetFiles(Path.Combine(space.Work, folder)).Select(file => Path.GetFileName(file));
}
