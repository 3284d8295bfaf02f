using System.Runtime.Versioning;
using ScaleMs.Launchers.Local;

[assembly: UnsupportedOSPlatform("windows")]

namespace ScaleMs.Launchers.Tests;

/// <summary>The test runner, or, with <c>--host</c> or <c>--reap</c>, a client of the launcher that a test starts as a process.</summary>
internal static class EntryPoint
{
    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ScaleMs.Launchers.Tests");

    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["--host", var root, var script] => await HostAsync(root, script),
        ["--reap", var directory] => new LocalLauncher().Reap(directory),
        _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments),
    };

    /// <summary>Runs one script in a space that is not removed at the end, and ends with its exit code.</summary>
    private static async Task<int> HostAsync(string root, string script)
    {
        var space = LaunchSpace.At(root);
        var result = await space.RunAsync(LaunchSpace.Shell(script));
        return result.ExitCode;
    }
}
