using System.Diagnostics;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp;
using ScaleMs.Launchers.Sites;
using ScaleMs.Slurm.Tests.Cluster;

namespace ScaleMs.Slurm.Tests;

/// <summary>A workspace whose <c>sites.yaml</c> names the tests' cluster and a farm of its own at the tests' broker, with a client of that farm.</summary>
internal sealed class PilotSpace : IAsyncDisposable
{
    private readonly SlurmSpace _space = new();
    private readonly SlurmCluster _cluster;
    private readonly AmqpLauncher _client;

    internal PilotSpace(SlurmCluster cluster, RabbitNode node)
    {
        cluster.Require();
        Assert.SkipUnless(node.Missing is null, node.Missing ?? string.Empty);
        _cluster = cluster;
        File.WriteAllText(Path.Combine(Root, "sites.yaml"), $"""
            sites:
              cluster:
                launcher: slurm
                scratch: {Scratch}
                before: [export FROM_THE_SITE=yes]
                limits: {"{"} cpus: 8 {"}"}
                slurm: {"{"} partition: frail {"}"}
              farm:
                launcher: amqp
                pass: [FROM_THE_SITE]
                amqp: {"{"} broker: "amqp://127.0.0.1:{node.Port}", farm: {Farm}, blobs: {Root}/blobs {"}"}

            """);
        _client = AmqpLauncher.Of(Site("farm"), _ => null, _ => { });
    }

    internal string Root => _space.Root;

    internal string Scratch => Path.Combine(Root, "scratch");

    private string Farm => Path.GetFileName(Root);

    internal LaunchRequest Request(string script, params string[] outputs) =>
        _space.Request(SlurmSpace.Shell(script)) with { Outputs = [.. outputs.Select(output => new LaunchOutput(ArtifactPath.Parse(output), IsOptional: true))] };

    internal Task<LaunchResult> RunAsync(LaunchRequest request) => _client.RunAsync(request, null, CancellationToken.None);

    /// <summary>Submits pilots as a user does.</summary>
    /// <returns>The id of their array.</returns>
    internal async Task<string> StartAsync(params string[] options)
    {
        var (code, output, errors) = await ToolAsync(options);
        Assert.True(code == 0, errors);
        return output.Split(' ')[1].TrimEnd(':');
    }

    internal async Task<(int Code, string Output, string Errors)> ToolAsync(string[] options, string password = "")
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "scalems.dll"), "pilot", "cluster", "--for", "farm", "--workspace", Root, .. options])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = Root;
        start.Environment["SCALEMS_AMQP_PASSWORD"] = password;
        using var tool = Process.Start(start)!;
        var errors = tool.StandardError.ReadToEndAsync();
        var output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return (tool.ExitCode, output, await errors);
    }

    internal Task<string> AdminAsync(string script) => _cluster.AdminAsync(script);

    /// <summary>Waits until no job of an array is in the queue.</summary>
    internal async Task AwaitEndAsync(string array) => await Poll.UntilAsync(() => !IsInQueue(array));

    internal string LogOf(string array, int index = 0) => File.ReadAllText(Path.Combine(Root, ".cache/scalems/pilots", FormattableString.Invariant($"{array}_{index}.log")));

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await AdminAsync($"scancel --full --signal=KILL -n scalems-pilot-farm; scancel -n scalems-pilot-farm");
        await Poll.UntilAsync(() => AdminAsync("squeue -h -n scalems-pilot-farm -o %T").GetAwaiter().GetResult().Length == 0);
        _space.Dispose();
    }

    private bool IsInQueue(string array) => AdminAsync("squeue -h -o %F").GetAwaiter().GetResult().Split('\n').Contains(array);

    private SiteProfile Site(string name)
    {
        var faults = new List<Fault>();
        var site = SitesFile.Read(Path.Combine(Root, "sites.yaml"), faults).Find(name)!;
        Assert.Empty(faults);
        return site;
    }
}
