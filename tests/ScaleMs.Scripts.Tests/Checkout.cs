using System.Diagnostics;
using Xunit;

namespace ScaleMs.Scripts.Tests;

/// <summary>A folder laid out like this repository, with build.sh as it is and stubs for every program that would take time.</summary>
internal sealed class Checkout : IDisposable
{
    // What the script may use of a POSIX system; nothing else is on its PATH, least of all a real gmx.
    private static readonly string[] SystemPrograms =
    [
        "awk", "bash", "cat", "chmod", "cp", "cut", "dirname", "env", "find", "flock", "grep", "mkdir", "mv", "rm", "sed", "sha256sum", "shasum", "sleep", "sort",
        "tail", "touch", "tr", "xargs",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("scripts-").FullName;
    private readonly string _programs;

    public Checkout()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "build.sh is for POSIX systems");
        _programs = Directory.CreateDirectory(PathOf("programs")).FullName;
        foreach (var name in SystemPrograms)
            if (FindOnPath(name) is { } program) File.CreateSymbolicLink(Path.Combine(_programs, name), program);
        foreach (var script in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Scripts")))
            File.Copy(script, PathOf(Path.GetFileName(script)));
        Write("src/Engine/Engine.cs", "class Engine;");
        Write("src/Engine/obj/Made.cs", "made");
        Write("recipes/Recipe/Recipe.csproj", "<Project />");
        Write("workflows/study/Study.cs", "class Study;");
        Write("workflows/study/inputs/prod.mdp", "nsteps = 100");
        Install("dotnet");
        Install("gmx", "dotnet");
        Install("gnuplot", "dotnet");
    }

    public string[] Hosts => Names("artifacts/host");

    public int Builds => Calls.Count(call => call.StartsWith("msbuild", StringComparison.Ordinal));

    public string[] Calls => File.Exists(PathOf("stub.calls")) ? File.ReadAllLines(PathOf("stub.calls")) : [];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public string PathOf(string path) => Path.Combine(_root, path);

    public string[] Names(string folder) => Directory.Exists(PathOf(folder))
        ? [.. Directory.GetFileSystemEntries(PathOf(folder)).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)]
        : [];

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public void Install(string program, string? stub = null)
    {
        var target = Path.Combine(_programs, program);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Stubs", stub ?? program), target, overwrite: true);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(target, (UnixFileMode)0b111_101_101);
    }

    public void Remove(string program) => File.Delete(Path.Combine(_programs, program));

    public Result Run(params string[] arguments) => Finish(Start(arguments));

    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(FindOnPath("bash")!, [PathOf("build.sh"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PATH"] = _programs;
        start.Environment.Remove("GMX_BIN");
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    public static Result Finish(Process process)
    {
        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Result(process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
    }

    private static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

/// <summary>How a script ended.</summary>
internal sealed record Result(int ExitCode, string Output, string Errors);
