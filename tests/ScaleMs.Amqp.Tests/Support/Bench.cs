using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>The farm beside a bare consumer that starts the same command and answers; both with two slots, at one broker, in turn.</summary>
internal static class Bench
{
    private const int Slots = 2;
    private const int Rounds = 3;

    internal static async Task<int> RunAsync(int count)
    {
        await using var node = new RabbitNode();
        await node.InitializeAsync();
        await BareAsync(node, count / 10);
        await FarmAsync(node, count / 10);
        for (var round = 0; round < Rounds; round++)
        {
            var bare = await BareAsync(node, count);
            var farm = await FarmAsync(node, count);
            Console.WriteLine(FormattableString.Invariant($"bare {bare:0}/s  farm {farm:0}/s  ratio {farm / bare:0.00}"));
        }

        return 0;
    }

    private static async Task<double> FarmAsync(RabbitNode node, int count)
    {
        await using var space = FarmSpace.New(node);
        space.StartWorker(space.WorkerOptions() with { Slots = Slots, Ahead = 2, Lease = TimeSpan.FromSeconds(30), HoldAfter = TimeSpan.FromSeconds(3) });
        await using var client = space.Client();
        var requests = Enumerable.Range(0, count).Select(_ => space.Request(string.Empty) with { Commands = [new LaunchCommand("/bin/true", [], null, null)] }).ToList();
        var start = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(requests.Select(request => client.RunAsync(request, null, CancellationToken.None)));
        Assert.All(results, result => Assert.Equal(LaunchEnd.Exited, result.End));
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Durable queues, confirms, one answer for each: what any consumer that loses nothing does.</summary>
    private static async Task<double> BareAsync(RabbitNode node, int count)
    {
        var folder = Directory.CreateTempSubdirectory("bare");
        SpreadFolder.Make(folder.FullName); // as the farm's worker does with its own
        await using var connection = await RabbitNode.Address(node.Port).Factory(TimeSpan.FromSeconds(10)).CreateConnectionAsync();
        await using var sender = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await using var taker = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, null, Slots));
        await using var hearer = await connection.CreateChannelAsync();
        var names = (Work: $"bare.work.{folder.Name}", Replies: $"bare.replies.{folder.Name}");
        await sender.QueueDeclareAsync(names.Work, durable: true, exclusive: false, autoDelete: false);
        await sender.QueueDeclareAsync(names.Replies, durable: true, exclusive: false, autoDelete: false);
        await taker.BasicQosAsync(0, Slots, false);
        var launcher = new LocalLauncher();
        var consumer = new AsyncEventingBasicConsumer(taker);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var root = Directory.CreateDirectory(Path.Combine(folder.FullName, $"{delivery.DeliveryTag}", "files")).Parent!.FullName;
            await launcher.RunAsync(FarmSpace.RequestAt(root, string.Empty) with { Commands = [new LaunchCommand("/bin/true", [], null, null)] }, null, CancellationToken.None);
            await sender.BasicPublishAsync(string.Empty, names.Replies, false, new BasicProperties { Persistent = true }, delivery.Body);
            await taker.BasicAckAsync(delivery.DeliveryTag, false);
        };
        await taker.BasicConsumeAsync(names.Work, false, consumer);
        var (left, done) = (count, new TaskCompletionSource());
        var replies = new AsyncEventingBasicConsumer(hearer);
        replies.ReceivedAsync += async (_, delivery) =>
        {
            await hearer.BasicAckAsync(delivery.DeliveryTag, false);
            if (--left == 0)
            {
                done.SetResult();
            }
        };
        await hearer.BasicConsumeAsync(names.Replies, false, replies);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => sender.BasicPublishAsync(string.Empty, names.Work, false, new BasicProperties { Persistent = true }, new byte[1000]).AsTask()));
        await done.Task;
        var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        folder.Delete(recursive: true);
        return rate;
    }
}
