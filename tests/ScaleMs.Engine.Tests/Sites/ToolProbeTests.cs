using System.Diagnostics;
using ScaleMs.Core.Model;
using ScaleMs.Engine.Sites;
using ScaleMs.Launchers.Local;
using ScaleMs.Store;
using ScaleMs.Store.Disk;
using Xunit;

namespace ScaleMs.Engine.Tests.Sites;

/// <summary>Tools are asked at once when a run begins.</summary>
public sealed class ToolProbeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-probe-").FullName;
    private readonly FileStore _store;
    private readonly Site _site;

    public ToolProbeTests()
    {
        _store = FileStore.Open(_root);
        var environment = new CallerEnvironment(CallerEnvironment.OfProcess(), []);
        var disk = new PhysicalDisk();
        _site = new Site(disk, new ToolProbe(disk, _store, new LocalLauncher(), environment), environment);
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>Each of the two ends only while the other runs, since the pipe that is between them opens at both ends or not at all.</summary>
    [Fact]
    public async Task Find_TwoProgramsOfOneNameAtOnce_EachTellsItsOwn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes of this kind");
        var pipe = Path.Combine(_root, "pipe");
        using (var made = Process.Start("mkfifo", [pipe]))
        {
            made.WaitForExit();
        }

        Tool[] tools = [Script("one", $"echo > '{pipe}'"), Script("two", $"read -r line < '{pipe}'")];
        var answers = await Task.WhenAll(tools.Select(tool => Task.Run(() => _site.Find(tool))));
        Assert.Equal(["one", "two"], answers.Select(answer => answer.Fingerprint.Lines.Single().Value));
    }

    private Tool Script(string name, string meet)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, name)).FullName, "tool");
        File.WriteAllText(file, $"#!/bin/sh\n{meet}\necho 'v: {name}'\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new Tool(name, [file], new ToolVersion.OfLines([], ["v:"]));
    }
}
