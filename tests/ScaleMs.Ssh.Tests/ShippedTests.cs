using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Files that travel by content.</summary>
public sealed class ShippedTests(SshServers servers) : SshTestBase(servers)
{
    /// <summary>Too long to travel as a text.</summary>
    private static readonly string Input = "in\n" + new string('x', 20_000);

    [Fact]
    public async Task Inputs_OfAllKinds_StandThereAsHere()
    {
        var outside = Path.Combine(Space.Root, "big 'input'");
        await File.WriteAllBytesAsync(outside, new byte[3_000_000]);
        var request = Space.Request("cat 'in 1.txt' sub/in2; ls sub/empty; ./tool; readlink sub/link; wc -c < big; stat -c %a secret; echo edited >> 'in 1.txt'");
        Directory.CreateDirectory(PathOf(request, "sub/empty"));
        await File.WriteAllTextAsync(PathOf(request, "in 1.txt"), "one\n");
        await File.WriteAllTextAsync(PathOf(request, "sub/in2"), "two\n");
        await File.WriteAllTextAsync(PathOf(request, "tool"), "#!/bin/sh\necho tool\n");
        File.SetUnixFileMode(PathOf(request, "tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        await File.WriteAllTextAsync(PathOf(request, "secret"), "hidden");
        File.SetUnixFileMode(PathOf(request, "secret"), UnixFileMode.UserRead);
        File.CreateSymbolicLink(PathOf(request, "sub/link"), "in2");
        File.CreateSymbolicLink(PathOf(request, "big"), outside);
        var result = await RunAsync(Launcher(false, Servers.A), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal(["one", "two", "tool", "in2", "3000000", "600"], Space.Lines);
        Assert.Equal("one\n", await File.ReadAllTextAsync(PathOf(request, "in 1.txt")));
    }

    [Fact]
    public async Task Input_ThatIsThereAlready_IsNotSentAgain()
    {
        using var host = Servers.Add();
        var launcher = Launcher(false, host);
        var sent = await InodeAsync(await SendAsync(launcher, host));
        Assert.Equal(sent, await InodeAsync(await SendAsync(launcher, host)));
    }

    [Fact]
    public async Task Blob_ThatSomebodyEdited_IsSentAgain()
    {
        using var host = Servers.Add();
        var launcher = Launcher(false, host);
        var blob = await SendAsync(launcher, host);
        File.SetUnixFileMode(blob, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(blob, Input.ToUpperInvariant());
        await SendAsync(launcher, host);
        Assert.Equal(Input, await File.ReadAllTextAsync(blob));
        Assert.Equal("in", Space.Lines[^1]);
    }

    [Fact]
    public async Task Command_ThatEditsItsInput_HarmsNoOther()
    {
        using var host = Servers.Add();
        var launcher = Launcher(false, host);
        await SendAsync(launcher, host, "head -n 1 in.txt; echo edited > in.txt");
        await SendAsync(launcher, host);
        Assert.Equal(["in", "in"], Space.Lines);
    }

    [Fact]
    public async Task Attempt_ThatWasTaken_LeavesNothingButBlobs()
    {
        using var host = Servers.Add();
        var launcher = Launcher(false, host);
        await SendAsync(launcher, host);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync(launcher, Space.Request("true")))); // four of them wait for a slot
        await Poll.UntilAsync(() => Directory.GetFileSystemEntries(Scratch(host, "attempts")).All(path => Path.GetFileName(path) == ".ended"));
        Assert.Empty(Directory.GetFileSystemEntries(Scratch(host, "incoming")));
    }

    [Fact]
    public async Task Folders_OfPrograms_AreShippedOnceWithTheirPlaces()
    {
        using var host = Servers.Add();
        var program = Path.Combine(Directory.CreateDirectory(Path.Combine(Space.Root, "host program/bin")).FullName, "run");
        var library = Path.Combine(Directory.CreateDirectory(Path.Combine(Space.Root, "library")).FullName, "words");
        await File.WriteAllTextAsync(program, "#!/bin/sh\ncat \"${0%/*}/../../library/words\" \"$1\"; echo \"$PLACE\"; printf returned > \"$2\"; cat \"$3\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        await File.WriteAllTextAsync(library, "word\n");
        var launcher = Launcher(false, host);
        for (var i = 0; i < 2; i++)
        {
            var request = Space.Request(string.Empty);
            var root = Path.GetDirectoryName(request.Directory)!;
            await File.WriteAllTextAsync(Path.Combine(root, FunctionLaunch.CallFile), "{}\n");
            request = request with
            {
                Folders = [Path.GetDirectoryName(program)!, library],
                Environment = new Dictionary<string, string> { ["PLACE"] = library },
                Commands = [new LaunchCommand(program, [library, Path.Combine(root, FunctionLaunch.OutcomeFile), Path.Combine(root, FunctionLaunch.CallFile)], null, null)],
            };
            var result = await RunAsync(launcher, request);
            Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
            Assert.Equal("returned", await File.ReadAllTextAsync(Path.Combine(root, FunctionLaunch.OutcomeFile)));
        }

        var there = Assert.Single(Directory.GetDirectories(Scratch(host, "folders")));
        Assert.Equal(["word", "word", there + library, "{}"], Space.Lines.Take(4));
        Assert.Equal(8, Space.Lines.Count);
    }

    /// <summary>A gigabyte of each is the same with <c>--large ROOT CONFIGURATION HOST 1000</c>.</summary>
    [Fact]
    public async Task Output_AndLogThatAreLarge_ComeWholeAndAreNeverInMemory()
    {
        const int Mebibytes = 128;
        using var host = Servers.Add();
        using var client = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(EntryPoint.Path, ["--large", Space.Root, Servers.Configuration, host.Alias, $"{Mebibytes}"]) { RedirectStandardOutput = true })!;
        var told = (await client.StandardOutput.ReadToEndAsync()).Trim().Split(' ');
        Assert.Equal(["Exited", "0"], told[..2]);
        Assert.All(["log", "files/out.txt"], file => Assert.Equal(Mebibytes << 20, new FileInfo(Path.Combine(Space.Root, "large", file)).Length));
        Assert.InRange(int.Parse(told[3], null), 1, Mebibytes);
    }

    [Fact]
    public async Task Disk_ThatIsFullThere_IsToldAndLosesNothing()
    {
        using var host = Servers.Add();
        var scratch = Directory.CreateDirectory(Path.Combine(host.Home, "small")).FullName;
        using var disk = SmallDisk.Mount(scratch);
        Assert.SkipWhen(disk is null, "no file system can be mounted here");
        var request = Space.Request("true");
        await File.WriteAllBytesAsync(PathOf(request, "in"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(4 << 20));
        var site = Servers.Site(false, 1, host) with { Scratch = scratch };
        var result = await RunAsync(Launcher(site, Usual), request);
        Assert.Equal(LaunchEnd.NeverStarted, result.End);
        Assert.Contains("No space left on device", result.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(scratch, "incoming")));
    }

    [Fact]
    public async Task Disk_ThatGetsFullWhileTheStepRuns_IsNotASuccess()
    {
        using var host = Servers.Add();
        var scratch = Directory.CreateDirectory(Path.Combine(host.Home, "small")).FullName;
        using var disk = SmallDisk.Mount(scratch);
        Assert.SkipWhen(disk is null, "no file system can be mounted here");
        var site = Servers.Site(false, 1, host) with { Scratch = scratch };
        var result = await RunAsync(Launcher(site, Usual), Space.Request("head -c 9000000 /dev/zero > out.txt", "out.txt"));
        Assert.False(result is { End: LaunchEnd.Exited, ExitCode: 0 }, result.Message);
    }

    private static string Scratch(SshHostServer host, string folder) => Path.Combine(host.Home, ".cache/scalems", folder);

    /// <summary>A blob that is sent again is another file.</summary>
    private static async Task<string> InodeAsync(string path) => (await new Launchers.Remote.LocalShell().RunAsync($"stat -c %i '{path}'", null, CancellationToken.None)).Output;

    /// <summary>Runs a step with an input of one blob, and tells which blob that is there.</summary>
    private async Task<string> SendAsync(SshLauncher launcher, SshHostServer host, string script = "head -n 1 in.txt")
    {
        var request = Space.Request(script);
        await File.WriteAllTextAsync(PathOf(request, "in.txt"), Input);
        var result = await RunAsync(launcher, request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        return Assert.Single(Directory.GetFiles(Scratch(host, "blobs/sha256")));
    }
}
