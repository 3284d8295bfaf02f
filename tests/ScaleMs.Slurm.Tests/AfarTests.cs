using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Slurm;
using ScaleMs.Slurm.Tests.Cluster;
using Xunit;

namespace ScaleMs.Slurm.Tests;

/// <summary>A cluster that does not see the workspace.</summary>
public sealed class AfarTests(SlurmCluster cluster)
{
    [Fact]
    public async Task Outputs_AndLog_ComeBackByContentAndNothingStays()
    {
        cluster.Require();
        using var space = new SlurmSpace();
        var scratch = Path.Combine(space.Root, "scratch");
        var site = space.Site with { IsShared = false, Scratch = scratch };
        var shell = new LocalStreams();
        var launcher = new SlurmLauncher(site, space.Work, new SlurmPorts { Shell = shell, Staging = new AfarStaging(site, shell) });
        var request = space.Request(SlurmSpace.Shell("echo told; cat in in > out; pwd > ../there")) with { Outputs = [new(ArtifactPath.Parse("out"))] };
        await File.WriteAllTextAsync(Path.Combine(request.Directory, "in"), "abc");
        var lines = new List<string>();
        var result = await launcher.RunAsync(request, lines.Add, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
        Assert.Equal("abcabc", await File.ReadAllTextAsync(Path.Combine(request.Directory, "out")));
        Assert.Equal(["told"], lines);
        Assert.Equal("told\n", SlurmSpace.Log(request));
        Assert.DoesNotContain(Directory.EnumerateFiles(scratch, "*", SearchOption.AllDirectories), file => Path.GetFileName(file) is "out" or "order.sh");
        lines.Clear();
        // All is here, so a cancelled run has it too.
        Assert.Equal(LaunchEnd.Exited, (await launcher.RunAsync(request with { IsTakenOver = true }, lines.Add, new CancellationToken(canceled: true))).End);
        Assert.Equal(["told"], lines);
        // What a client took before it was killed is put back by its digest; where it is nowhere, what is left is not all.
        var taken = Path.Combine(space.Root, "taken");
        File.Move(Path.Combine(request.Directory, "out"), taken);
        var digest = Digest.Of(await File.ReadAllBytesAsync(taken));
        Assert.Equal(LaunchEnd.Exited, (await launcher.RunAsync(request with { IsTakenOver = true, FindTaken = asked => asked == digest ? taken : null }, null, CancellationToken.None)).End);
        Assert.Equal("abcabc", await File.ReadAllTextAsync(Path.Combine(request.Directory, "out")));
        File.Delete(Path.Combine(request.Directory, "out"));
        var torn = await launcher.RunAsync(request with { IsTakenOver = true }, null, CancellationToken.None);
        Assert.Equal(LaunchEnd.NodeLost, torn.End);
        Assert.Contains("the output 'out' is not here as the node wrote it", torn.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_ThatIsFullOnTheNode_LosesTheAttemptAndALaterOneSucceeds()
    {
        cluster.Require();
        var scratch = Directory.CreateTempSubdirectory("small").FullName;
        using var disk = Ssh.Tests.SmallDisk.Mount(scratch);
        Assert.SkipWhen(disk is null, "no file system can be mounted here");
        using var space = new SlurmSpace();
        var site = space.Site with { IsShared = false, Scratch = scratch };
        var shell = new LocalStreams();
        var launcher = new SlurmLauncher(site, space.Work, new SlurmPorts { Shell = shell, Staging = new AfarStaging(site, shell) });
        var result = await launcher.RunAsync(space.Request(SlurmSpace.Shell("echo told; head -c 9000000 /dev/zero > out")), null, CancellationToken.None);
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Matches("^(a command ended with exit code 1 while the disk of .* was full on |the result could not be written on .*: its disk is full)", result.Message);
        var next = space.Request(SlurmSpace.Shell("head -c 900000 /dev/zero > out")) with { Outputs = [new(ArtifactPath.Parse("out"))] };
        result = await launcher.RunAsync(next, null, CancellationToken.None);
        Assert.Equal((LaunchEnd.Exited, 0, string.Empty), (result.End, result.ExitCode, result.Message));
        Assert.Equal(900_000, new FileInfo(Path.Combine(next.Directory, "out")).Length);
    }
}
