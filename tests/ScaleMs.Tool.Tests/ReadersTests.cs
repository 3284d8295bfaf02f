using ScaleMs.Engine.Tests;

namespace ScaleMs.Tool.Tests;

/// <summary>Commands that only read, where nothing can be written.</summary>
public sealed class ReadersTests : IDisposable
{
    private static readonly string[][] Commands = [["verify"], ["du"], ["status"], ["gc", "--preview", "--max-size", "0"]];
    private readonly TestStudy _study = new();

    public ReadersTests()
    {
        _study.Write("in.txt", "one\n");
        _study.Run(ThreeSteps.Of());
    }

    public void Dispose()
    {
        ToolProcess.Succeeds("umount", "-l", _study.Root);
        _study.Dispose();
    }

    [Fact]
    public void Readers_OnAReadOnlyFileSystem_Work()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && ToolProcess.Succeeds("mount", "--bind", _study.Root, _study.Root), "needs root to mount");
        Assert.SkipUnless(ToolProcess.Succeeds("mount", "-o", "remount,ro,bind", _study.Root), "needs the right to remount");
        Assert.All(Commands, command => Assert.Equal((0, string.Empty), Answer(ToolProcess.Run(Path.GetTempPath(), [.. command, "--workspace", _study.Root]))));
        var refused = ToolProcess.Run(_study.Root, "gc");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("mounted read-only", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_AsAUserWhoMayNotWrite_Work()
    {
        string[] nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--"];
        Assert.SkipUnless(OperatingSystem.IsLinux() && ToolProcess.Succeeds([.. nobody, "dotnet", Path.Combine(AppContext.BaseDirectory, "scalems.dll"), "--help"]), "needs root to become another user, and a build that others may read");
        File.SetUnixFileMode(_study.Root, (UnixFileMode)Convert.ToInt32("755", 8));
        Assert.All(Commands, command => Assert.Equal((0, string.Empty), Answer(ToolProcess.Run(nobody, _study.Root, command))));
        var refused = ToolProcess.Run(nobody, _study.Root, "gc");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("permission denied", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_OnANewerFormat_RefuseWithAdvice()
    {
        _study.Write(".scalems/store.json", """{"format":99}""");
        foreach (var command in (string[][])[.. Commands, ["gc"], ["verify", "--repair"]])
        {
            var tool = ToolProcess.Run(_study.Root, command);
            Assert.Equal(1, tool.ExitCode);
            Assert.Contains("use the newer version that wrote it", tool.Error, StringComparison.Ordinal);
        }
    }

    private static (int, string) Answer(ToolProcess tool) => (tool.ExitCode, tool.Error);
}
