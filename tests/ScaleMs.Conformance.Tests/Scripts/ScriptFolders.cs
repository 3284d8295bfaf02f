using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ScaleMs.Conformance.Tests;

/// <summary>The script in a folder of its own for each engine; Cake is the genuine one in both, and only one of them has the module.</summary>
public sealed partial class ScriptFolders : IDisposable
{
    private static readonly string Cake = Path.Combine(
        typeof(ScriptFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CakeAssemblies").Value!, "Cake.dll");

    private readonly string _root = Directory.CreateTempSubdirectory("conformance-scripts-").FullName;

    public ScriptFolders()
    {
        LayOut("cake", string.Empty);
        LayOut("ours", "Modules=./modules\n");
        var modules = Directory.CreateDirectory(Path.Combine(_root, "ours", "modules")).FullName;
        string[] patterns = ["Cake.ScaleMs.Module.dll", "ScaleMs.*.dll", "Cake.Frosting.dll"];
        foreach (var file in patterns.SelectMany(pattern => Directory.GetFiles(AppContext.BaseDirectory, pattern)))
        {
            File.Copy(file, Path.Combine(modules, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Runs the script with Cake's own engine and with ours.</summary>
    /// <returns>Standard output, standard error and exit code of each, times stripped.</returns>
    internal async Task<(ScriptRun Cake, ScriptRun Ours)> RunAsync(params string[] arguments)
    {
        var runs = await Task.WhenAll(RunInAsync("cake", arguments), RunInAsync("ours", arguments));
        return (runs[0], runs[1]);
    }

    /// <summary>What a run with our engine left in its folder beside what Cake leaves.</summary>
    internal bool HasStore => Directory.Exists(Path.Combine(_root, "ours", ".scalems"));

    private void LayOut(string folder, string paths)
    {
        var path = Directory.CreateDirectory(Path.Combine(_root, folder)).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Scripts", "build.cake"), Path.Combine(path, "build.cake"));
        File.WriteAllText(Path.Combine(path, "cake.config"), $"[Settings]\nEnableScriptCache=true\n[Paths]\nCache=./cache\n{paths}");
    }

    private async Task<ScriptRun> RunInAsync(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Cake, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.Combine(_root, folder),
        };
        start.Environment["NO_COLOR"] = "1";
        // On a build server our engine shows each task in a group, which is one of the differences that are told.
        foreach (var server in (string[])["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "GITLAB_CI"])
        {
            start.Environment.Remove(server);
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(output, errors, process.WaitForExitAsync());
        return new ScriptRun(process.ExitCode, Time().Replace(await output, "<time>"), Time().Replace(await errors, "<time>"));
    }

    [GeneratedRegex(@"\d\d:\d\d:\d\d(\.\d+)?")]
    private static partial Regex Time();
}

/// <summary>How a script ended.</summary>
internal sealed record ScriptRun(int ExitCode, string Output, string Errors);
