using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

public sealed class AnyShellTests
{
    private static readonly SiteProfile Site = new() { Name = "lab", Launcher = "ssh" };

    [Fact]
    public void Tool_WhereTheFirstHostIsDown_IsAskedForAtTheNextWhichStaysTheFirst()
    {
        var down = new DownShell("n1");
        var site = new RemoteSite(Site, new AnyShell([down, new LocalShell()]));
        Assert.Null(site.Find(new Tool("sh", ["sh"], new ToolVersion.OfBinary())).Problem);
        Assert.Null(site.Find(new Tool("ls", ["ls"], new ToolVersion.OfBinary())).Problem);
        Assert.Equal(1, down.Asked);
    }

    [Fact]
    public void Tool_WhereEveryHostIsDown_HasAllReasons() => Assert.Equal(
        "cannot be asked for, because site 'lab' cannot be reached: n1 is down; n2 is down",
        new RemoteSite(Site, new AnyShell([new DownShell("n1"), new DownShell("n2")])).Find(new Tool("sh", ["sh"], new ToolVersion.OfBinary())).Problem);

    private sealed class DownShell(string name) : ISiteShell
    {
        public int Asked { get; private set; }

        public string Name => name;

        public Task<ShellAnswer> RunAsync(string script, string? input, CancellationToken cancellation)
        {
            Asked++;
            throw new SiteException($"{name} is down");
        }
    }
}
