using System.Diagnostics;
using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Tests.NullRuns;
using ScaleMs.Launchers.Amqp;
using Xunit;

namespace ScaleMs.Engine.Tests.Cache;

/// <summary>Real hosts at the same time that send their steps to one farm, with one endpoint for its blobs and for the shared cache.</summary>
public sealed class TwoFarmClientsTests : IDisposable
{
    private const string Source = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Flight>());

        public sealed class Flight(ICakeContext context) : ScaleMsContext(context, home: "");

        [TaskName("Default")] public sealed class DefaultTask : StepTask<Flight>
        {
            public override void Define(StepBuilder steps, Flight context)
            {
                var here = Environment.GetEnvironmentVariable("FLIGHT");
                var parts = Enumerable.Range(0, 9).Select(i => Shell(steps, here, $"part{i}", $"echo {i} > out").Output("out")).ToList();
                var sum = Shell(steps, here, "sum", "cat in* > out");
                for (var i = 0; i < 9; i++) { sum = sum.Input($"in{i}", parts[i].File("out")); }
                sum.Output("out", publish: "sum.txt");
            }

            private static Step Shell(StepBuilder steps, string here, string name, string script) => steps.Step(name).Tool("sh")
                .Run("sh", "-c", $"echo {name} >> {here}/log; while [ ! -e {here}/gate ]; do sleep 0.02; done; {script}");
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("scalems-farm-");
    private readonly EndpointPlace _place = new();
    private readonly StudyHost _host = new(Source);

    private string[] Executed => File.Exists(PathOf("log")) ? File.ReadAllLines(PathOf("log")) : [];

    public void Dispose()
    {
        _host.Dispose();
        _place.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_OfTwoClientsOfAFarmAtTheSameTime_ExecutesEachActionOnce()
    {
        await using var node = new RabbitNode();
        Assert.SkipUnless(node.Missing is null, node.Missing ?? string.Empty);
        await node.InitializeAsync();
        using var stop = new CancellationTokenSource();
        var worker = new FarmWorker(new FarmWorkerOptions
        {
            Broker = RabbitNode.Address(node.Port), Farm = _folder.Name, Blobs = _place.Address, BlobToken = CachePlace.Token, Name = "w", Directory = PathOf("worker"), Slots = 2,
        });
        var working = Task.Run(() => worker.RunAsync(CancellationToken.None, stop.Token), CancellationToken.None);
        var clients = new[] { "a", "b" }.Select(name => EndAsync(name, node.Port)).ToList();
        await Poll.UntilAsync(() => Executed.Length == 2 && clients.TrueForAll(client => !client.IsCompleted));
        File.WriteAllText(PathOf("gate"), string.Empty);
        await Task.WhenAll(clients);
        await stop.CancelAsync();
        await working;

        Assert.Equal(10, Executed.Length);
        Assert.Equal(10, Executed.Distinct().Count());
        Assert.All(["a", "b"], name => Assert.Equal("0\n1\n2\n3\n4\n5\n6\n7\n8\n", File.ReadAllText(PathOf($"{name}/sum.txt"))));
        Assert.Empty(_place.Leads);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task EndAsync(string name, int port)
    {
        Directory.CreateDirectory(PathOf(name));
        File.WriteAllText(PathOf($"{name}/sites.yaml"), $"""
            sites:
              lab:
                launcher: amqp
                amqp: {"{"} broker: "amqp://127.0.0.1:{port}", farm: {_folder.Name}, blobs: "{_place.Address}" {"}"}

            """);
        var start = _host.StartIn(PathOf(name), [("FLIGHT", _folder.FullName), (EndpointProtocol.TokenVariable, CachePlace.Token)], "--launcher", "lab", "--cache", _place.Address);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, await output + await errors);
    }
}
