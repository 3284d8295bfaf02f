using System.Diagnostics;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

/// <summary>A root of an attempt on this machine, and the wrapper run in it by one of the shells that nodes have.</summary>
public sealed class WrapperSpace : IDisposable
{
    internal const string Key = "4be43fed";

    private static readonly string[] Coreutils = ["cat", "date", "mkdir", "mv", "od", "readlink", "rm", "sha256sum", "sleep", "stat", "tail", "tr", "uname"];

    private readonly string _bin;

    /// <summary>Makes an empty root.</summary>
    /// <param name="shell">Which shell: <c>dash</c>, <c>bash</c> or <c>busybox</c>. The test is skipped where there is none.</param>
    public WrapperSpace(string shell = "dash")
    {
        Top = Directory.CreateTempSubdirectory("scalems-wrap-").FullName;
        Root = Path.Combine(Top, "an attempt's $(root)");
        _bin = Path.Combine(Top, "sh");
        Directory.CreateDirectory(Files);
        WriteShell(shell);
    }

    public static TheoryData<string> Shells { get; } = ["dash", "bash", "busybox"];

    public string Top { get; }

    public string Root { get; }

    public string Files => Path.Combine(Root, "files");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : string.Empty;

    internal string Shell => _bin;

    internal SiteProfile Site { get; set; } = new() { Name = "here", Launcher = "ssh" };

    /// <summary>Variables of the node besides PATH.</summary>
    internal Dictionary<string, string> Node { get; } = new(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", ["NOT_FOR_STEPS"] = "1" };

    private string LogFile => Path.Combine(Root, "log");

    internal LaunchRequest Request(params LaunchCommand[] commands) => new()
    {
        Step = new StepId("task", "step"),
        Directory = Files,
        Key = Key,
        Commands = commands,
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" },
        LogFile = LogFile,
        Grace = TimeSpan.FromSeconds(20),
    };

    /// <summary>Orders and runs to the end.</summary>
    internal async Task<AttemptResult> RunAsync(LaunchRequest request)
    {
        Order(request);
        using var wrapper = Start();
        await wrapper.WaitForExitAsync();
        return Result();
    }

    internal Task<AttemptResult> RunAsync(params LaunchCommand[] commands) => RunAsync(Request(commands));

    internal void Order(LaunchRequest request) => OrderFiles.Write(Root, request, Site, AttemptPlace.Shared(Files));

    /// <summary>Starts the wrapper as a scheduler would.</summary>
    internal Process Start(params string[] before)
    {
        var info = new ProcessStartInfo(before is [var first, ..] ? first : _bin) { WorkingDirectory = Top };
        foreach (var word in before.Skip(1).Concat(before.Length == 0 ? [] : [_bin]).Concat([WrapperFile.Put(Top), Root]))
        {
            info.ArgumentList.Add(word);
        }

        info.Environment.Clear();
        foreach (var (name, value) in Node)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }

    internal AttemptResult Result()
    {
        var text = File.ReadAllText(PathOf(AttemptFiles.Result));
        var result = AttemptResult.Read(text, out var problem);
        Assert.True(result is not null, $"{problem}: {text}");
        return result;
    }

    /// <summary>A folder for PATH with nothing but those of coreutils that the wrapper uses.</summary>
    internal string WithoutSetsid()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Top, "bin")).FullName;
        foreach (var program in Coreutils)
        {
            File.CreateSymbolicLink(Path.Combine(folder, program), "/usr/bin/" + program);
        }

        return folder;
    }

    internal string PathOf(string file) => Path.Combine(Root, file);

    internal string FileOf(string file) => Path.Combine(Files, file);

    internal bool Has(string file) => File.Exists(FileOf(file));

    internal string Read(string file) => File.ReadAllText(FileOf(file));

    /// <summary>Living processes that bear the attempt's marker.</summary>
    internal IReadOnlyList<int> Left() => [.. Local.ProcFiles.Pids().Where(pid => Local.ProcFiles.Text($"/proc/{pid}/environ").Contains(Root + "/files", StringComparison.Ordinal))];

    public void Dispose()
    {
        foreach (var pid in Left())
        {
            _ = Native.LibC.Signal(pid, Native.LibC.Kill);
        }

        Directory.Delete(Top, recursive: true);
    }

    private void WriteShell(string name)
    {
        var program = Array.Find([$"/bin/{name}", $"/usr/bin/{name}"], File.Exists);
        Assert.SkipUnless(program is not null, $"{name} is not installed");
        var text = Path.Combine(Top, "shell");
        File.WriteAllText(text, name switch { "bash" => $"#!/bin/sh\nexec {program} --posix \"$@\"\n", "busybox" => $"#!/bin/sh\nexec {program} sh \"$@\"\n", _ => $"#!/bin/sh\nexec {program} \"$@\"\n" });
        // Copied by another process: a file that this one writes is "busy" while a process that another test is starting still has it open.
        using var copying = System.Diagnostics.Process.Start("cp", [text, _bin]);
        copying.WaitForExit();
        File.SetUnixFileMode(_bin, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
