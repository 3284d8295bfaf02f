using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Ports;

namespace ScaleMs.Ssh.Tests;

/// <summary>Nothing that a host tells is believed that was not looked at. The steps here write their own results.</summary>
public sealed class ForgedResultTests(SshServers servers) : SshTestBase(servers)
{
    [Fact]
    public async Task Result_WithAnotherDigest_IsNotTaken()
    {
        var (result, request) = await ForgeAsync(Output("out.txt", 5, Digest.OfText("other").Hex));
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("its digest differs", result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PathOf(request, "out.txt")));
    }

    [Theory]
    [InlineData("../../escaped")]
    [InlineData("/tmp/escaped")]
    [InlineData("tree/../../escaped")]
    [InlineData("tree/./x")]
    public async Task Result_WithANameThatLeadsOut_IsNotBelieved(string path)
    {
        var (result, _) = await ForgeAsync(Output(path, 5, Digest.OfText("forge").Hex));
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("is not believed", result.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Space.Root, "escaped", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("""{"kind":"link","path":"tree/link","target":"../../../etc"}""", "leads out")]
    [InlineData("""{"kind":"link","path":"tree/link","target":"/etc"}""", "leads out")]
    [InlineData("""{"kind":"link","path":"tree/link","target":"."},{"kind":"link","path":"tree/link/x","target":"y"}""", "'tree/link' is a link")]
    public async Task Result_WithALinkThatLeadsOut_IsNotTaken(string outputs, string why)
    {
        var (result, request) = await ForgeAsync("""{"kind":"directory","path":"tree"},""" + outputs);
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains(why, result.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf(request, "tree")));
    }

    [Fact]
    public async Task Result_OfAnotherAction_IsNotBelieved()
    {
        var (result, _) = await ForgeAsync(string.Empty, "another");
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("tells of another action", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Result_ThatIsNone_IsNotBelieved()
    {
        var request = Space.Request("printf nonsense > ../result.json; sleep 30", "out.txt");
        var result = await RunAsync(Launcher(false, Servers.A), request);
        Assert.Equal(LaunchEnd.NodeLost, result.End);
        Assert.Contains("is no result", result.Message, StringComparison.Ordinal);
    }

    /// <summary>An input's link stands where the output is to be; what it points to must not be written.</summary>
    [Fact]
    public async Task Output_InPlaceOfALink_DoesNotGoThroughIt()
    {
        var outside = Path.Combine(Space.Root, "outside");
        await File.WriteAllTextAsync(outside, "kept\n");
        var request = Space.Request("rm out.txt; echo made > out.txt", "out.txt");
        File.CreateSymbolicLink(PathOf(request, "out.txt"), outside);
        var result = await RunAsync(Launcher(false, Servers.A), request);
        Assert.Equal((LaunchEnd.Exited, 0, ""), (result.End, result.ExitCode, result.Message));
        Assert.Equal(("kept\n", "made\n"), (await File.ReadAllTextAsync(outside), await File.ReadAllTextAsync(PathOf(request, "out.txt"))));
    }

    private static string Output(string path, int bytes, string digest) => string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"file","path":"{{path}}","bytes":{{bytes}},"sha256":"{{digest}}"}""");

    private async Task<(LaunchResult Result, LaunchRequest Request)> ForgeAsync(string outputs, string? key = null)
    {
        var request = Space.Request(string.Empty, "out.txt", "tree/");
        var text = $$"""{"version":1,"end":"Exited","exitCode":0,"commandIndex":0,"wallSeconds":1,"cpuSeconds":1,"peakMemoryBytes":1,"lasting":false,"cause":"","host":"h","message":"","key":"{{key ?? request.Key}}","logBytes":0,"outputs":[{{outputs}}]}""";
        request = request with { Commands = [SshSpace.Shell("printf forge > out.txt; printf %s \"$1\" > ../r; mv ../r ../result.json; sleep 30", text)] };
        return (await RunAsync(Launcher(false, Servers.A), request), request);
    }
}
