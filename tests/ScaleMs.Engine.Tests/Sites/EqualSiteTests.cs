using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Sites;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using ScaleMs.Store;
using ScaleMs.Store.Disk;
using Xunit;

namespace ScaleMs.Engine.Tests.Sites;

/// <summary>What was made here and what was made there share keys where the machines are alike: this machine, asked as itself and through a shell, tells the same.</summary>
public sealed class EqualSiteTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-equal-").FullName;
    private readonly FileStore _store;
    private readonly Site _here;
    private readonly RemoteSite _there = new(new SiteProfile { Name = "there", Launcher = "ssh" }, new LocalShell());

    public EqualSiteTests()
    {
        _store = FileStore.Open(_root);
        var environment = new CallerEnvironment(CallerEnvironment.OfProcess(), []);
        var disk = new PhysicalDisk();
        _here = new Site(disk, new ToolProbe(disk, _store, new LocalLauncher(), environment), environment);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    public static TheoryData<Tool> Tools =>
    [
        new Tool("sh", ["sh"], new ToolVersion.OfBinary()),
        new Tool("ls", ["no-such-ls", "/no/such/ls", "/bin/ls"], new ToolVersion.OfLines(["--version"], ["ls (GNU coreutils)"]) { OptionalPrefixes = ["Written by", "none"] }),
        new Tool("env", ["env"], new ToolVersion.OfLines([], ["LC_ALL=", "TZ=", "PATH="])),
    ];

    public static TheoryData<Tool> Engines =>
    [
        new Tool("gmx", ["gmx"], new ToolVersion.OfLines(["-quiet", "--version"], ["GROMACS version:", "Precision:", "MPI library:", "SIMD instructions:"]) { OptionalPrefixes = ["GPU support:", "CPU FFT library:"] }),
        new Tool("lmp", ["lmp"], new ToolVersion.OfLines(["-h"], ["Large-scale"]) { OptionalPrefixes = ["OS:", "Compiler:", "MPI v"] }),
        new Tool("gmx", ["gmx"], new ToolVersion.OfBinary()),
    ];

    [Theory]
    [MemberData(nameof(Tools))]
    public void Tool_AskedHereAndThere_HasOnePathAndOneFingerprint(Tool tool) => AssertEqual(_here.Find(tool), _there.Find(tool));

    [Theory]
    [MemberData(nameof(Engines))]
    public void Engine_AskedHereAndThere_HasOnePathAndOneFingerprint(Tool tool)
    {
        var here = _here.Find(tool);
        Assert.SkipWhen(here.Path is null, $"{tool.Name} is not installed");
        AssertEqual(here, _there.Find(tool));
    }

    [Theory]
    [InlineData(SiteFact.OperatingSystem)]
    [InlineData(SiteFact.Architecture)]
    [InlineData(SiteFact.CLibrary)]
    [InlineData(SiteFact.ProcessorModel)]
    public void Fact_AskedHereAndThere_IsOne(SiteFact fact) => Assert.Equal(_here.Fact(fact), _there.Fact(fact));

    [Fact]
    public void Tool_ThatPrintsAnythingAtAll_HasOneFingerprint()
    {
        var script = Path.Combine(_root, "odd tool");
        File.WriteAllText(script, "#!/bin/sh\nprintf '\\357\\273\\277v: a\\r\\n  v:  b\\t\\tc \\nv: d\\351\\377 \\303\\251 $(x) `y` %%s \\\\n\\n.\\n@scalems end\\n' >&2\nprintf 'v: no line feed at its end'\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var tool = new Tool("odd", [script], new ToolVersion.OfLines(["it's", "$(x)\n"], ["v:"]));
        AssertEqual(_here.Find(tool), _there.Find(tool));
        Assert.Equal(4, _there.Find(tool).Fingerprint.Lines.Count);
    }

    [Fact]
    public void Tool_ThatIsNotThere_IsAProblemOfBoth()
    {
        var tool = new Tool("none", ["no-such-tool"], new ToolVersion.OfBinary());
        Assert.Equal("was not found (looked for 'no-such-tool')", _here.Find(tool).Problem);
        Assert.Equal("was not found at site 'there' (looked for 'no-such-tool')", _there.Find(tool).Problem);
    }

    private static void AssertEqual(ToolAnswer here, ToolAnswer there)
    {
        Assert.Null(here.Problem);
        Assert.Null(there.Problem);
        Assert.Equal(here.Path, there.Path);
        Assert.NotEmpty(here.Fingerprint.Lines);
        Assert.Equal(here.Fingerprint.Lines, there.Fingerprint.Lines);
    }
}
