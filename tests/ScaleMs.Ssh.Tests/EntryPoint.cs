using System.Globalization;
using ScaleMs.Launchers.Sites;
using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>The test runner, or a client of the launcher that a test starts as a process, or the benchmark.</summary>
internal static class EntryPoint
{
    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ScaleMs.Ssh.Tests");

    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["--client", var root, var configuration, var host, var shared, var script] => await RunAsync(root, configuration, host, shared == "shared", script),
        ["--dying", var root, var configuration, var host, var heard, var script] => await DyingClient.RunAsync(root, configuration, host, heard == "heard", script),
        ["--large", var root, var configuration, var host, var mebibytes] => await LargeAsync(root, configuration, host, int.Parse(mebibytes, CultureInfo.InvariantCulture)),
        ["--bench", var steps, var slots, var mode] => await Bench.RunAsync(int.Parse(steps, CultureInfo.InvariantCulture), int.Parse(slots, CultureInfo.InvariantCulture), mode),
        ["--steps", var steps, var slots, var mode] => await Bench.StepsAsync(int.Parse(steps, CultureInfo.InvariantCulture), int.Parse(slots, CultureInfo.InvariantCulture), mode),
        ["--pending", var steps] => await Bench.PendingAsync(int.Parse(steps, CultureInfo.InvariantCulture)),
        _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments),
    };

    /// <summary>The site of the client that is to be killed, and of that which takes over.</summary>
    internal static SiteProfile Site(string configuration, string host, bool isShared) => new()
    {
        Name = "farm",
        Launcher = "ssh",
        IsShared = isShared,
        Ssh = new SshProfile { Hosts = [new SshHost(host, 2)], Options = ["-F", configuration] },
    };

    private static async Task<int> RunAsync(string root, string configuration, string host, bool isShared, string script)
    {
        var request = SshSpace.At(root).RequestIn("taken", [SshSpace.Shell(script, root)], "out.txt");
        return (await new SshLauncher(Site(configuration, host, isShared)).RunAsync(request, null, CancellationToken.None)).ExitCode;
    }

    /// <summary>A step that prints much and makes a large output; tells this process's peak memory, in MiB.</summary>
    private static async Task<int> LargeAsync(string root, string configuration, string host, int mebibytes)
    {
        var script = string.Create(CultureInfo.InvariantCulture, $"yes 'all work and no play' | head -c {mebibytes}M; head -c {mebibytes}M /dev/urandom > out.txt");
        var request = SshSpace.At(root).RequestIn("large", [SshSpace.Shell(script)], "out.txt");
        var lines = 0L;
        await using var launcher = new SshLauncher(Site(configuration, host, isShared: false));
        var result = await launcher.RunAsync(request, _ => lines++, CancellationToken.None);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.End} {result.ExitCode} {lines} {self.PeakWorkingSet64 >> 20}"));
        return result.ExitCode;
    }
}
