using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using ScaleMs.Launchers.Slurm;

[assembly: UnsupportedOSPlatform("windows")]

namespace ScaleMs.Slurm.Tests;

/// <summary>The test runner, or, with <c>--client</c>, a client of the launcher that kills itself at a given instant, or, with <c>--rates</c>, a measurement.</summary>
internal static class EntryPoint
{
    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ScaleMs.Slurm.Tests");

    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["--client", var root, var instant, var script] => await RunClientAsync(root, instant, script),
        ["--rates"] => await Rates.RunAsync(100, 2000),
        ["--rates", var steps, var packed] => await Rates.RunAsync(int.Parse(steps, CultureInfo.InvariantCulture), int.Parse(packed, CultureInfo.InvariantCulture)),
        _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments),
    };

    private static async Task<int> RunClientAsync(string root, string instant, string script)
    {
        var space = SlurmSpace.At(root, "main");
        space.Use(new SlurmPorts { OnCrashPoint = reached => DieAt(instant, reached) });
        var result = await space.RunAsync(space.Request("a1", SlurmSpace.Shell(script)));
        return result.ExitCode;
    }

    private static void DieAt(string instant, string reached)
    {
        if (reached == instant)
        {
            using var kill = Process.Start("/bin/kill", ["-KILL", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
