using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Sites.Doctor;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

public sealed class DoctorTests : IDisposable
{
    private readonly SitesSpace _space = new();
    private SiteProfile _site = new() { Name = "near", Launcher = "slurm" };

    public void Dispose() => _space.Dispose();

    private async Task<IReadOnlyList<Finding>> LookAsync(TestShell? shell = null, params string[] tools) =>
        await new PlaceCheck(_site, shell ?? new TestShell(), "n1", new DoctorRequest(_space.Root) { Tools = tools, FileDelay = TimeSpan.FromSeconds(1) }) { Slots = 1 }.RunAsync(CancellationToken.None);

    private static string Of(IEnumerable<Finding> findings, string check) =>
        string.Join("; ", findings.Where(finding => finding.Check == check).Select(finding => $"{finding.State} {finding.Message} → {finding.Advice}"));

    /// <summary>Programs that hide those of the machine.</summary>
    private string Programs(params (string Name, string Script)[] programs)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_space.Root, "bin")).FullName;
        foreach (var (name, script) in programs)
        {
            File.WriteAllText(Path.Combine(folder, name), "#!/bin/sh\n" + script);
            File.SetUnixFileMode(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return folder;
    }

    [Fact]
    public async Task Place_ThatIsAsItShouldBe_FailsNothingAndIsLeftAsItWas()
    {
        var findings = await LookAsync(null, "sh");
        Assert.All(findings, finding => Assert.True(finding.IsGood, finding.ToString()));
        Assert.Equal(["shell", "clock", "coreutils", "digests", "scratch", "slots", "shared", "tool"], findings.Select(finding => finding.Check));
        Assert.Empty(Directory.GetFileSystemEntries(_space.Root));
    }

    [Fact]
    public async Task Place_WithAnotherTime_IsToldByHowMuch()
    {
        var fake = Programs(("date", "/bin/date -d '100 seconds ago' \"$@\""));
        Assert.Matches(@"^Warn is (99|100|101) s behind this machine's → let both be set by NTP", Of(await LookAsync(new TestShell($"PATH={fake}:$PATH")), "clock"));
    }

    [Fact]
    public async Task Place_WithoutSomeCoreutils_NamesThem()
    {
        var few = Programs();
        foreach (var name in new[] { "base64", "cat", "cut", "date", "df", "env", "head", "ls", "mkdir", "mktemp", "nproc", "openssl", "rm", "setsid", "sleep", "stat", "uname" })
        {
            File.CreateSymbolicLink(Path.Combine(few, name), $"/usr/bin/{name}");
        }

        var findings = await LookAsync(new TestShell($"PATH={few}"));
        Assert.StartsWith("Fail there is no chmod, id, ln, mv, od, readlink, rmdir, sha256sum, tail, timeout, touch, tr →", Of(findings, "coreutils"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openssl", "Warn by sha256sum, which is several times slower")]
    [InlineData("openssl sha256sum", "Fail neither openssl nor sha256sum computes SHA-256")]
    public async Task Place_WhoseDigestsAreWrong_IsTold(string broken, string told)
    {
        var fake = Programs([.. broken.Split(' ').Select(name => (name, "echo 0123"))]);
        Assert.StartsWith(told, Of(await LookAsync(new TestShell($"PATH={fake}:$PATH")), "digests"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_WithLittleRoom_IsToldHowMuch()
    {
        var fake = Programs(("df", "echo Filesystem; echo none 100 90 10240 90% /"));
        Assert.Contains("has 10 MiB left", Of(await LookAsync(new TestShell($"PATH={fake}:$PATH")), "scratch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_ThatSeesAnotherWorkspace_Fails()
    {
        // Another mount namespace, where the workspace is an empty folder.
        var hidden = new TestShell(string.Empty, "unshare -m sh -c 'mount -t tmpfs none \"$0\" && exec sh -c \"$2\"' " + _space.Root);
        Assert.SkipUnless(Environment.UserName == "root" && (await hidden.RunAsync("true", null, CancellationToken.None)).ExitCode == 0, "no mount namespaces here");
        Assert.StartsWith($"Fail '{_space.Root}' is another folder there, or none →", Of(await LookAsync(hidden), "shared"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_ThatFail_AreToldByNumberAndWords()
    {
        _site = _site with { Before = ["true", "ls /no/such/folder", "export A=1"] };
        var findings = await LookAsync();
        Assert.Matches(@"^Fail line 2 ends with status 2: ls: .*/no/such/folder.* → correct it, or write '\|\| true' behind it", Of(findings, "before"));
        _site = _site with { Before = ["exit 3"] };
        Assert.StartsWith("Fail the site ended its shell at line 1 of 'before'", Of(await LookAsync(), "before"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_ThatAreNotSet_AreNamed()
    {
        _site = _site with { Pass = ["SET_THERE", "NOT_SET"] };
        Assert.StartsWith("Warn there is no NOT_SET →", Of(await LookAsync(new TestShell("export SET_THERE=")), "pass"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_ThatAreMissing_Fail() => Assert.Equal(
        ["Ok", "Fail"], (await LookAsync(null, "sh", "no-such-tool")).Where(finding => finding.Check == "tool").Select(finding => finding.State.ToString()));
}
