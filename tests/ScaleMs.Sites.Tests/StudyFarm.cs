using ScaleMs.Amqp.Tests.Support;
using ScaleMs.Launchers.Amqp;

namespace ScaleMs.Sites.Tests;

/// <summary>A farm of one worker with two slots at the tests' broker.</summary>
internal sealed class StudyFarm : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("study-farm-");
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _worker;

    public StudyFarm(RabbitNode node)
    {
        Sites = $"""
            sites:
              {StudySite.Name}:
                launcher: amqp
                amqp: {"{"} broker: "amqp://127.0.0.1:{node.Port}", farm: {_root.Name}, blobs: {Blobs} {"}"}

            """;
        var worker = new FarmWorker(new FarmWorkerOptions
        {
            Broker = RabbitNode.Address(node.Port), Farm = _root.Name, Blobs = Blobs, Name = "w", Directory = Path.Combine(_root.FullName, "worker"), Slots = 2,
        });
        _worker = Task.Run(() => worker.RunAsync(CancellationToken.None, _stop.Token));
    }

    /// <summary>The text of a <c>sites.yaml</c>.</summary>
    public string Sites { get; }

    private string Blobs => Path.Combine(_root.FullName, "blobs");

    public void Dispose()
    {
        _stop.Cancel();
        Assert.True(_worker.Wait(TimeSpan.FromSeconds(60)), "the worker did not end");
        _stop.Dispose();
        _root.Delete(recursive: true);
    }
}
