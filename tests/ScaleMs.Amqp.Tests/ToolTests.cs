using System.Diagnostics;
using System.Text.Json;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;

namespace ScaleMs.Amqp.Tests;

/// <summary>The commands as people start them.</summary>
public sealed class ToolTests(RabbitNode node)
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "scalems.dll");

    [Fact]
    public async Task WorkerAndTop_AsCommands_ServeShowAndDrain()
    {
        await using var space = FarmSpace.New(node);
        var port = RabbitNode.FreePort();
        var broker = $"amqp://127.0.0.1:{node.Port}";
        using var worker = Start("worker", "--broker", broker, "--farm", space.Farm, "--blobs", space.Blobs, "--folder", Path.Combine(space.Root, "w"), "--slots", "1", "--label", "fast", "--health-port", $"{port}");
        await using var client = new Launchers.Amqp.AmqpLauncher(space.ClientOptions with { Labels = ["fast"] });
        var begun = Path.Combine(space.Root, "begun");
        var running = client.RunAsync(space.Request($"echo > {begun}; while [ ! -e {begun}.go ]; do sleep 0.05; done; env > out", "out"), null, CancellationToken.None);
        await Poll.UntilAsync(() => File.Exists(begun));
        using var http = new HttpClient();
        Assert.Equal("ok\n", await http.GetStringAsync($"http://127.0.0.1:{port}/healthz"));
        Assert.Contains("\nscalems_worker_running 1\n", await http.GetStringAsync($"http://127.0.0.1:{port}/metrics"), StringComparison.Ordinal);
        using var top = Start("top", "--broker", broker, "--farm", space.Farm, "--once", "--format", "json");
        var shown = JsonDocument.Parse(await top.StandardOutput.ReadToEndAsync()).RootElement;
        Assert.Equal("simulate/run[replica=1]", shown.GetProperty("workers")[0].GetProperty("running")[0].GetProperty("step").GetString());
        Assert.Equal(1, shown.GetProperty("queues")[0].GetProperty("consumers").GetInt64());
        using var term = Process.Start("kill", ["-TERM", $"{worker.Id}"]);
        Assert.Contains("takes no more actions", await LineAsync(worker, "takes no more"), StringComparison.Ordinal);
        File.WriteAllText(begun + ".go", string.Empty);
        Assert.Equal(LaunchEnd.Exited, (await running).End);
        await worker.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, worker.ExitCode);
    }

    [Fact]
    public async Task Worker_WithCredentialsOnTheCommandLine_IsRefusedWithoutRepeatingThem()
    {
        using var worker = Start("worker", "--broker", "amqp://ann:hunter2@127.0.0.1", "--blobs", "/tmp");
        var error = await worker.StandardError.ReadToEndAsync();
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.Contains("SCALEMS_AMQP_PASSWORD", error, StringComparison.Ordinal);
        await worker.WaitForExitAsync();
        Assert.Equal(1, worker.ExitCode);
    }

    [Fact]
    public async Task Worker_WithWrongCredentials_EndsAndSaysWhereTheyCameFrom()
    {
        await using var space = FarmSpace.New(node);
        var start = StartInfo("worker", "--broker", $"amqp://127.0.0.1:{node.Port}", "--blobs", space.Blobs, "--folder", Path.Combine(space.Root, "w"));
        start.Environment["SCALEMS_AMQP_PASSWORD"] = "hunter2";
        using var worker = Process.Start(start)!;
        var error = await worker.StandardError.ReadToEndAsync();
        Assert.Contains("refuses the credentials", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error + await worker.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static Process Start(params string[] args) => Process.Start(StartInfo(args))!;

    private static ProcessStartInfo StartInfo(params string[] args) =>
        new("dotnet", [Assembly, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };

    private static async Task<string> LineAsync(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        return string.Empty;
    }
}
