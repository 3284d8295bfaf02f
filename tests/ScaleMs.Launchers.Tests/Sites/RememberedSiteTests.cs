using ScaleMs.Core.Model;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

/// <summary>What a site that is dear to ask answered counts for later runs, as long as nothing that it depends on is another.</summary>
public sealed class RememberedSiteTests : IDisposable
{
    private static readonly SiteProfile Plain = new() { Name = "far", Launcher = "slurm" };
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-remembered-").FullName;
    private readonly Clock _clock = new();
    private readonly string _program;

    public RememberedSiteTests()
    {
        _program = Path.Combine(_root, "tool");
        Install("1");
    }

    private string Memory => Path.Combine(_root, "facts", "far.json");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Answers_OfAnEarlierRun_CountAndTheSiteIsNotAsked()
    {
        var first = Run();
        Assert.Equal("1", VersionIn(first));
        var fact = first.Site.Fact(SiteFact.Architecture);
        var (site, asked) = Run();
        Assert.Equal("1", VersionIn((site, asked)));
        Assert.Equal(fact, site.Fact(SiteFact.Architecture));
        Assert.Equal(0, asked.RoundTrips);
    }

    [Theory]
    [InlineData("younger than the age", 0)]
    [InlineData("as old as the age", 1)]
    [InlineData("from a clock that was ahead", 1)]
    [InlineData("other circumstances", 1)]
    [InlineData("another file at the tool's path", 1)]
    [InlineData("asked for anew", 1)]
    [InlineData("a torn file", 1)]
    [InlineData("a file of nothing", 1)]
    public void Answers_WhenWhatTheyDependOnIsAnother_AreAskedForAgain(string what, int asksAgain)
    {
        var tool = ToolAt(_program);
        var first = Run().Site;
        Assert.Null(first.Find(tool).Problem);
        _ = first.Fact(SiteFact.Architecture);
        var circumstances = "these";
        _clock.Now += what switch { "younger than the age" => TimeSpan.FromHours(23.9), "as old as the age" => TimeSpan.FromDays(1), "from a clock that was ahead" => TimeSpan.FromHours(-1), _ => TimeSpan.Zero };
        switch (what)
        {
            case "other circumstances":
                circumstances = "others";
                break;
            case "another file at the tool's path":
                Install("two");
                break;
            case "asked for anew":
                first.Recheck(tool);
                break;
            case "a torn file":
                File.WriteAllText(Memory, File.ReadAllText(Memory)[..^9]);
                break;
            case "a file of nothing":
                File.WriteAllText(Memory, """{"Circumstances":"these","Tools":{"tool":null},"Facts":{}}""");
                break;
        }

        var again = Run(circumstances);
        Assert.Equal(what == "another file at the tool's path" ? "two" : "1", VersionIn(again));
        Assert.Equal(asksAgain, again.Asked.RoundTrips);
    }

    [Fact]
    public void Tool_ThatIsWrittenWhileItIsAskedFor_IsNotRemembered()
    {
        _clock.Now = DateTimeOffset.UtcNow.AddHours(-1);
        Assert.Equal("1", VersionIn(Run()));
        var again = Run();
        Assert.Equal("1", VersionIn(again));
        Assert.Equal(1, again.Asked.RoundTrips);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Answers_OfTwoClientsAtOnce_AreKeptAsTheLastOneLeftEach(bool isForgotten, int asksAgain)
    {
        var first = Run();
        Assert.Equal("1", VersionIn(first));
        var second = Run();
        Assert.Equal("1", VersionIn(second));
        if (isForgotten)
        {
            first.Site.Recheck(ToolAt(_program));
        }

        var fact = second.Site.Fact(SiteFact.Architecture);
        var (site, asked) = Run();
        Assert.Equal(("1", fact), (VersionIn((site, asked)), site.Fact(SiteFact.Architecture)));
        Assert.Equal(asksAgain, asked.RoundTrips);
    }

    [Fact]
    public void Facts_OfTwoClientsThatBeganTogether_AreAllKept()
    {
        var (first, second) = (Run(), Run());
        Assert.Equal("1", VersionIn(first));
        var fact = second.Site.Fact(SiteFact.Architecture);
        var (site, asked) = Run();
        Assert.Equal(("1", fact), (VersionIn((site, asked)), site.Fact(SiteFact.Architecture)));
        Assert.Equal(0, asked.RoundTrips);
    }

    [Fact]
    public void Problem_IsNotRemembered()
    {
        File.Delete(_program);
        Assert.NotNull(Run().Site.Find(ToolAt(_program)).Problem);
        Install("1");
        Assert.Equal("1", VersionIn(Run()));
    }

    [Fact]
    public void Tool_ThatIsReplacedDuringARun_IsAnotherAfterAnEpoch()
    {
        var run = Run();
        Assert.Equal("1", VersionIn(run));
        Install("two");
        Assert.Equal("1", VersionIn(run));
        run.Site.OpenEpoch();
        Assert.Equal("two", VersionIn(run));
    }

    [Fact]
    public void WorkDirectory_ThatIsNotThere_IsNotMade()
    {
        var memory = Path.Combine(_root, "none", "facts", "far.json");
        Assert.Null(new RememberedSite(new RemoteSite(Plain, new TestShell()), memory, "these", TimeSpan.FromDays(1), _clock).Find(ToolAt(_program)).Problem);
        Assert.False(Directory.Exists(Path.Combine(_root, "none")));
    }

    private static Tool ToolAt(string path) => new("tool", [path], new ToolVersion.OfLines([], ["v:"]));

    private (RememberedSite Site, RemoteSite Asked) Run(string circumstances = "these")
    {
        var asked = new RemoteSite(Plain, new TestShell());
        return (new RememberedSite(asked, Memory, circumstances, TimeSpan.FromDays(1), _clock), asked);
    }

    private string VersionIn((RememberedSite Site, RemoteSite Asked) run)
    {
        var answer = run.Site.Find(ToolAt(_program));
        Assert.Null(answer.Problem);
        Assert.Equal(_program, answer.Path);
        return Assert.Single(answer.Fingerprint.Lines).Value;
    }

    private void Install(string version)
    {
        File.Delete(_program);
        File.WriteAllText(_program, $"#!/bin/sh\necho 'v: {version}'\n");
        File.SetUnixFileMode(_program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow.AddDays(2);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
