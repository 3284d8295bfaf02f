using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>Somebody at the broker who takes actions as a worker does, and answers what he likes.</summary>
internal sealed class Impostor : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private Impostor(IConnection connection, IChannel channel, string farm) => (_connection, _channel, Farm) = (connection, channel, farm);

    private string Farm { get; }

    /// <summary>The queue of the class that the requests of these tests have.</summary>
    internal string Queue => new FarmNames(Farm).Work(new ResourceClass { TimeSeconds = (long)FarmSpace.Grace.TotalSeconds }.Name());

    internal static async Task<Impostor> JoinAsync(FarmSpace space)
    {
        var connection = await RabbitNode.Address(space.Port).Factory(TimeSpan.FromSeconds(10)).CreateConnectionAsync();
        return new Impostor(connection, await connection.CreateChannelAsync(), space.Farm);
    }

    internal async Task<ActionMessage> TakeAsync()
    {
        BasicGetResult? got = null;
        for (var tries = 0; got is null && tries < 500; tries++)
        {
            got = await GetAsync();
            await Task.Delay(20);
        }

        return Wire.Action(got!.Body.Span).Message!;
    }

    /// <summary>Sends a result that ends well, with some members changed.</summary>
    internal Task ReplyAsync(ActionMessage action, string changes)
    {
        var result = JsonNode.Parse(Wire.Bytes(new ResultMessage { Id = action.Id, Key = action.Key, Worker = "impostor" }))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            result[name] = value?.DeepClone();
        }

        return SendAsync(action.ReplyTo, result.ToJsonString());
    }

    internal async Task SendAsync(string queue, string body, BasicProperties? properties = null) =>
        await _channel.BasicPublishAsync(string.Empty, queue, mandatory: false, properties ?? new BasicProperties(), Encoding.UTF8.GetBytes(body));

    /// <summary>Hears what clients tell all workers.</summary>
    internal async Task HearAsync(Action<Notice> hear)
    {
        await Topology.DeclareAsync(_channel, new FarmNames(Farm), CancellationToken.None);
        var queue = await Topology.ListenAsync(_channel, new FarmNames(Farm).ToWorkers, CancellationToken.None);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            hear(Wire.Notice(delivery.Body.Span).Message!);
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(queue, autoAck: true, consumer);
    }

    internal Task DeleteAsync(string queue) => _channel.QueueDeleteAsync(queue);

    internal Task PurgeAsync(string queue) => _channel.QueuePurgeAsync(queue);

    public async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync();
        await _connection.DisposeAsync();
    }

    private async Task<BasicGetResult?> GetAsync()
    {
        // The queue is there as soon as the client has sent; asking for one that is not closes the channel.
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            return await channel.BasicGetAsync(Queue, autoAck: true);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }
}
