using System.Diagnostics;
using System.Runtime.CompilerServices;
using ScaleMs.Store.Cache;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A client of a cache in a process of its own, which may belong to another user: this assembly, started once more.</summary>
public static class OtherUser
{
    private const string CacheVariable = "SCALEMS_STORE_TESTS_CACHE";
    private const string OrdersVariable = "SCALEMS_STORE_TESTS_ORDERS";
    private const string Hold = "hold";
    private const string Holding = "holding";

    /// <summary>Runs orders such as <c>make 1 text</c> and <c>take 1</c> as a user without any rights but a group's, with a umask that keeps all others out.</summary>
    /// <returns>What was taken (<c>-</c> for nothing) and what the user was told, a line each; null where this process may not become another user.</returns>
    public static string[]? Run(int user, int group, string cache, params string[] orders)
    {
        string[] become = ["--reuid", $"{user}", "--regid", $"{user}", "--groups", $"{group}", "--inh-caps=-all", "--bounding-set=-all"];
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/setpriv"))
        {
            return null;
        }

        var start = new ProcessStartInfo("setpriv", [.. become, "sh", "-c", "umask 077; exec dotnet \"$0\"", typeof(OtherUser).Assembly.Location]) { RedirectStandardOutput = true };
        using var process = Start(start, cache, orders);
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return lines;
    }

    /// <summary>Changes the owner of a file.</summary>
    public static void GiveTo(string path, int user, int group)
    {
        using var process = Process.Start("chown", [$"{user}:{group}", path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Starts a client of the same user that takes a key and stays until it is killed.</summary>
    public static Process HoldOpen(string cache, int key)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OtherUser).Assembly.Location]) { RedirectStandardOutput = true };
        // Killed, it removes nothing: its workspace goes with the cache's folder.
        start.Environment["TMPDIR"] = Path.GetDirectoryName(cache);
        var process = Start(start, cache, [$"take {key}", Hold]);
        for (var line = process.StandardOutput.ReadLine(); line != Holding; line = process.StandardOutput.ReadLine())
        {
            Assert.NotNull(line);
        }

        return process;
    }

    /// <summary>Runs before the test runner's own entry point.</summary>
    [ModuleInitializer]
    internal static void ObeyWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(CacheVariable) is not { } cache)
        {
            return;
        }

        using (var client = new CacheClient(cache))
        {
            foreach (var order in Environment.GetEnvironmentVariable(OrdersVariable)!.Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                Obey(client, order.Split(' '));
            }

            client.Close();
            foreach (var notice in client.Notices)
            {
                Console.WriteLine(notice);
            }
        }

        Environment.Exit(0);
    }

    private static Process Start(ProcessStartInfo start, string cache, string[] orders)
    {
        start.Environment[CacheVariable] = cache;
        start.Environment[OrdersVariable] = string.Join(';', orders);
        start.Environment["HOME"] = Path.GetTempPath();
        return Process.Start(start)!;
    }

    private static void Obey(CacheClient client, string[] order)
    {
        switch (order[0])
        {
            case "make":
                client.Make(int.Parse(order[1]), order[2]);
                break;
            case "take":
                Console.WriteLine(client.Take(int.Parse(order[1])) ?? "-");
                break;
            case "collect":
                var swept = new CacheCollector(new CacheOptions { Place = Environment.GetEnvironmentVariable(CacheVariable)! }).Collect(new CacheLimits { MostBytes = 0 });
                Console.WriteLine($"collected {swept.Results.Count}");
                Assert.Empty(swept.Problems);
                break;
            case Hold:
                Console.WriteLine(Holding);
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new InvalidOperationException(order[0]);
        }
    }
}
