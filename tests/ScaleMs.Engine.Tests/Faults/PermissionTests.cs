using System.Diagnostics;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Faults;

/// <summary>The right to write is lost. Modes do not bind root, so folders become read-only mounts, or the run is somebody else's.</summary>
public sealed class PermissionTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly List<string> _mounts = [];

    public PermissionTests()
    {
        _study.Write("in.txt", "a\n");
        _study.IsRight();
        _study.Write("in.txt", "b\n");
    }

    public void Dispose()
    {
        _mounts.ForEach(Unmount);
        _study.Dispose();
    }

    [Theory]
    [InlineData("results")]
    [InlineData(".scalems")]
    [InlineData(".scalems/journal")]
    [InlineData(".scalems/blobs")]
    [InlineData(".scalems/work")]
    public void Folder_BecomesReadOnly_IsToldAndTheNextRunCompletes(string folder)
    {
        MakeReadOnly(folder);
        Assert.Contains("read-only", Told(), StringComparison.Ordinal);
        _mounts.ForEach(Unmount);
        _mounts.Clear();
        _study.IsRight();
    }

    [Fact]
    public void Store_OfSomebodyElse_IsToldWithItsPath()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Shop.Can("setpriv", "--version"), "needs root and setpriv to become somebody else");
        var (code, errors) = RunAsNobody();
        Assert.NotEqual(0, code);
        Assert.Contains("permission denied", errors, StringComparison.Ordinal);
        Assert.Contains(_study.Root, errors, StringComparison.Ordinal);
        _study.IsRight();
    }

    private string Told()
    {
        try
        {
            return string.Join('\n', _study.Run(Shop.Define).Summary.Steps.Select(step => step.Failure?.Message));
        }
        catch (StoreException exception)
        {
            return exception.Message;
        }
    }

    private void MakeReadOnly(string folder)
    {
        var path = _study.PathOf(folder);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Shop.Can("mount", "--bind", path, path), "needs the right to mount");
        _mounts.Add(path);
        Assert.True(Shop.Can("mount", "-o", "remount,bind,ro", path));
    }

    private static void Unmount(string path) => Shop.Can("umount", "-l", path);

    private (int Code, string Errors) RunAsNobody()
    {
        File.SetUnixFileMode(_study.Root, (UnixFileMode)0b111_101_101);
        string[] command = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "dotnet", Path.Combine(AppContext.BaseDirectory, "ScaleMs.Storm.dll"), "--run", _study.Root, "/dev/null", "200"];
        using var process = Process.Start(new ProcessStartInfo("setpriv", command) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
