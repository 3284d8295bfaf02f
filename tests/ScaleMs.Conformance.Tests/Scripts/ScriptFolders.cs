using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ScaleMs.Conformance.Tests;

/// <summary>The script in a folder of its own for each engine; Cake is the genuine one in both, and only one of them has the module.</summary>
public sealed partial class ScriptFolders : IDisposable
{
    /// <summary>What stays from run to run: what was laid out, and Cake's cache of compiled scripts.</summary>
    private static readonly string[] Kept = ["build.cake", "cake.config", "modules", "cache"];

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
    /// <returns>Standard output, standard error and exit code of each, times stripped, and what it left in its folder, which is taken away for the next run.</returns>
    internal async Task<(ScriptRun Cake, ScriptRun Ours)> RunAsync(params string[] arguments)
    {
        var runs = await Task.WhenAll(RunInAsync("cake", arguments), RunInAsync("ours", arguments));
        return (runs[0], runs[1]);
    }

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
        return new ScriptRun(process.ExitCode, Time().Replace(await output, "<time>"), Time().Replace(await errors, "<time>"), TakeAwayWhatIsNew(start.WorkingDirectory));
    }

    private static string TakeAwayWhatIsNew(string folder)
    {
        var left = new DirectoryInfo(folder).GetFileSystemInfos().Where(entry => !Kept.Contains(entry.Name)).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        foreach (var entry in left)
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        return string.Join(' ', left.Select(entry => entry.Name));
    }

    [GeneratedRegex(@"\d\d:\d\d:\d\d(\.\d+)?")]
    private static partial Regex Time();
}

/// <summary>How a script ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
/// <param name="Left">The names of what it made in its folder.</param>
internal sealed record ScriptRun(int ExitCode, string Output, string Errors, string Left);
