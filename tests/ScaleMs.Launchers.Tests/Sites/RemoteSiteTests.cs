using ScaleMs.Core.Model;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Sites;

public sealed class RemoteSiteTests : IDisposable
{
    private static readonly SiteProfile Plain = new() { Name = "far", Launcher = "ssh" };
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-remote-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static Tool Binary(string name) => new(name, [name], new ToolVersion.OfBinary());

    private static Tool Prints(string path) => new(Path.GetFileName(path), [path], new ToolVersion.OfLines([], ["v:"]));

    private static string ValueOf(RemoteSite site, Tool tool)
    {
        var answer = site.Find(tool);
        Assert.Null(answer.Problem);
        return Assert.Single(answer.Fingerprint.Lines).Value;
    }

    private string Program(string name, string script)
    {
        var path = Path.Combine(_root, name);
        File.WriteAllText(path, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>A <c>module</c> command as Environment Modules defines it; the old one fails with status 0.</summary>
    private TestShell WithModules(string failure)
    {
        Directory.CreateDirectory(Path.Combine(_root, "init"));
        File.WriteAllText(
            Path.Combine(_root, "init", "sh"),
            $"module() {{ case $2 in good/*) PATH={_root}:$PATH export LOADEDMODULES=$2 ;; *) echo noise; echo \"init.c:ERROR:105: Unable to locate a modulefile for '$2'\" >&2; {failure}; ;; esac; }}\n");
        return new TestShell($"export MODULESHOME={_root}; unset -f module; unset LMOD_PKG");
    }

    [Fact]
    public async Task Tools_AskedWhileAnAnswerIsAwaited_GoTogetherAndOnceEach()
    {
        var gate = new TaskCompletionSource();
        var site = new RemoteSite(Plain, new TestShell { Gate = gate.Task });
        var first = site.AskAsync([Binary("sh")]);
        var rest = new[] { "ls", "cat", "ls", "env", "sh" }.Select(name => site.AskAsync([Binary(name)])).ToList();
        gate.SetResult();
        await Task.WhenAll(rest.Append(first));
        Parallel.ForEach(["sh", "ls", "cat", "env"], name => Assert.Null(site.Find(Binary(name)).Problem));
        _ = site.Fact(SiteFact.Architecture);
        Assert.InRange(site.RoundTrips, 1, 2);
    }

    [Fact]
    public void Tool_AfterAnEpochOrARecheck_IsAskedForAgain()
    {
        var path = Program("tool", "echo v: 1");
        var site = new RemoteSite(Plain, new LocalShell());
        Assert.Equal("1", ValueOf(site, Prints(path)));
        File.Delete(path);
        Program("tool", "echo v: 2");
        Assert.Equal("1", ValueOf(site, Prints(path)));
        site.Recheck(Prints(path));
        Assert.Equal("2", ValueOf(site, Prints(path)));
        File.Delete(path);
        site.OpenEpoch();
        Assert.Contains("was not found at site 'far'", site.Find(Prints(path)).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("dash")]
    [InlineData("bash --posix")]
    [InlineData("busybox sh")]
    public async Task Site_WithAnyPosixShell_AnswersEverything(string shell)
    {
        Assert.SkipUnless((await new LocalShell().RunAsync("command -v " + shell, null, CancellationToken.None)).ExitCode == 0, $"there is no {shell}");
        Program("tool", "echo \"v: $GIVEN $PASSED ${HIDDEN-none} $LC_ALL $TZ $(pwd | wc -l) $(ls | wc -l)\" >&2");
        var profile = Plain with
        {
            Before = [$"PATH={_root}:$PATH", "export GIVEN=lost", "false", "set -eu"],
            Pass = ["PASSED"],
            Environment = new Dictionary<string, string> { ["GIVEN"] = "it's $(x)" },
        };
        var site = new RemoteSite(profile, new TestShell("export PASSED=licence HIDDEN=secret GIVEN=other", shell));
        Assert.Equal("it's $(x) licence none C UTC 1 0", ValueOf(site, Prints("tool")));
        Assert.Equal(64, ValueOf(site, Binary("sh"))["sha256:".Length..].Length);
        Assert.Equal("linux", site.Fact(SiteFact.OperatingSystem));
    }

    [Theory]
    [InlineData("return 1")]
    [InlineData("return 0")]
    public void Module_ThatDoesNotExist_IsTheProblemOfEveryToolWithItsMessage(string failure)
    {
        var site = new RemoteSite(Plain with { Modules = ["good/1", "bad/2", "worse/3"] }, WithModules(failure));
        Assert.Equal(
            "cannot be asked for, because site 'far' could not load the module 'bad/2': init.c:ERROR:105: Unable to locate a modulefile for 'bad/2'", site.Find(Binary("sh")).Problem);
        Assert.StartsWith("unknown: site 'far' could not load", site.Fact(SiteFact.CLibrary), StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_OfAModule_IsFoundOnItsPath()
    {
        Program("engine", "echo v: $LOADEDMODULES");
        Assert.Equal("good/1", ValueOf(new RemoteSite(Plain with { Modules = ["good/1"] }, WithModules("return 1")), Prints("engine")));
    }

    [Fact]
    public void Site_WithoutAModuleCommand_SaysSo() => Assert.Contains(
        "has no 'module' command", new RemoteSite(Plain with { Modules = ["a"] }, new TestShell("export MODULESHOME=/none LMOD_PKG=/none; unset -f module")).Find(Binary("sh")).Problem, StringComparison.Ordinal);

    [Fact]
    public void Line_ThatEndsTheShell_IsTold() => Assert.Contains(
        "ended its shell at line 2 of 'before' (no licence)",
        new RemoteSite(Plain with { Before = ["true", "echo no licence >&4; exit 7"] }, new TestShell("exec 4>&2")).Find(Binary("sh")).Problem, StringComparison.Ordinal);

    [Fact]
    public void Site_ThatDoesNotAnswer_IsTheProblem()
    {
        var site = new RemoteSite(Plain, new TestShell { Gate = new TaskCompletionSource().Task }, TimeSpan.FromMilliseconds(50));
        Assert.Equal("cannot be asked for, because site 'far' did not answer within 0 s", site.Find(Binary("sh")).Problem);
    }

    [Fact]
    public void Site_WhoseShellDies_IsTheProblem() =>
        Assert.Contains("site 'far' cannot be asked: Connection refused", new RemoteSite(Plain, new TestShell("echo Connection refused >&2; exit 255")).Find(Binary("sh")).Problem, StringComparison.Ordinal);

    [Fact]
    public void Tool_WithoutTheLine_IsTold() => Assert.Equal(
        $"at '{_root}/tool' printed no line 'v:' for  at site 'far'", new RemoteSite(Plain, new LocalShell()).Find(Prints(Program("tool", "echo w: 1"))).Problem);

    [Fact]
    public async Task Variables_OfASite_AreThoseThatStepsGet()
    {
        var profile = Plain with { Before = ["export LD_LIBRARY_PATH=/lib/$PASSED", "export LOST=1"], Pass = ["PASSED"], Environment = new Dictionary<string, string> { ["GIVEN"] = "a\nb" } };
        var (variables, problem) = await SiteEnvironment.OfAsync(profile, new TestShell("export PASSED=x HIDDEN=y"), TimeSpan.FromMinutes(1));
        Assert.Null(problem);
        Assert.Equal(("/lib/x", "x", "a\nb"), (variables["LD_LIBRARY_PATH"], variables["PASSED"], variables["GIVEN"]));
        Assert.DoesNotContain(variables.Keys, name => name is "LOST" or "HIDDEN" or "LC_ALL");
    }
}
