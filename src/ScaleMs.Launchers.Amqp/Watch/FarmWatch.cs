using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Client;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp;

/// <summary>Watches a farm through its broker: what workers say of themselves, and how long the queues are.</summary>
public sealed class FarmWatch : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FarmNames _names;
    private readonly BrokerAddress _broker;
    private readonly BrokerLink _link;
    private readonly FarmView _view = new(Patience);
    private readonly ConcurrentDictionary<string, bool> _classes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _problems = new(StringComparer.Ordinal);
    private readonly FarmQuestions _questions;
    private (long Ended, DateTimeOffset At) _former;

    /// <summary>Connects in the background.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="farm">The farm's name.</param>
    /// <param name="notice">Takes what goes wrong on the way.</param>
    /// <exception cref="ArgumentException">The farm's name is none.</exception>
    public FarmWatch(BrokerAddress broker, string farm, Action<string> notice)
    {
        _names = new FarmNames(farm);
        _broker = broker;
        _questions = new FarmQuestions(_names, () => _link!);
        _link = new BrokerLink(broker, "scalems top", TimeSpan.FromSeconds(10), OpenAsync, notice);
        _link.Start();
    }

    /// <summary>What came and could not be read.</summary>
    internal IEnumerable<string> Problems => _problems.Keys;

    /// <summary>Asks one worker, whoever is free.</summary>
    internal Task<AnswerMessage> AskAsync(QuestionMessage question, CancellationToken cancellation) => _questions.AskAsync(question, cancellation);

    /// <summary>Asks all workers and clients to speak up, listens, and tells what is known by then.</summary>
    /// <param name="listen">How long it listens.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The farm.</returns>
    /// <exception cref="BrokerException">The broker refuses this client for good.</exception>
    public async Task<FarmSnapshot> LookAsync(TimeSpan listen, CancellationToken cancellation)
    {
        var session = await _link.SessionAsync(cancellation).ConfigureAwait(false);
        await _link.PublishAsync(_names.ToClients, string.Empty, new BasicProperties(), Wire.Bytes(new Notice { AsksForClasses = true }), isMandatory: false, cancellation).ConfigureAwait(false);
        await _link.PublishAsync(_names.ToWorkers, string.Empty, new BasicProperties(), Wire.Bytes(new Notice { AsksForWorkers = true }), isMandatory: false, cancellation).ConfigureAwait(false);
        await Task.Delay(listen, cancellation).ConfigureAwait(false);
        var workers = _view.Alive();
        foreach (var name in workers.SelectMany(worker => worker.Fits.Concat(worker.Unfit.Keys)))
        {
            _classes.TryAdd(name, true);
        }

        var queues = new List<QueueNotice>();
        foreach (var name in _classes.Keys.Order(StringComparer.Ordinal))
        {
            if (await session.FindAsync(_names.Work(name), cancellation).ConfigureAwait(false) is { } queue)
            {
                queues.Add(new QueueNotice(name, queue.MessageCount, queue.ConsumerCount));
            }
        }

        var poison = await session.FindAsync(_names.Poison, cancellation).ConfigureAwait(false);
        return new FarmSnapshot(new WatchMessage { Farm = _names.Farm, Broker = _broker.ToString(), Queues = queues, Workers = workers, Poisoned = poison?.MessageCount ?? 0, PerSecond = Rate(workers) });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _link.DisposeAsync();

    private double Rate(IReadOnlyList<WorkerNotice> workers)
    {
        var (ended, now) = (workers.Sum(worker => worker.Done + worker.Failed), TimeProvider.System.GetUtcNow());
        var (before, at) = _former;
        _former = (ended, now);
        return at == default || now <= at ? 0 : Math.Max(0, ended - before) / (now - at).TotalSeconds;
    }

    private async Task OpenAsync(BrokerSession session)
    {
        await Topology.DeclareAsync(session.Publisher, _names, session.Lost).ConfigureAwait(false);
        await _questions.OpenAsync(session).ConfigureAwait(false);
        foreach (var exchange in new[] { _names.ToClients, _names.ToWorkers })
        {
            var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) =>
            {
                Hear(Wire.Notice(delivery.Body.Span));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(await Topology.ListenAsync(channel, exchange, session.Lost).ConfigureAwait(false), autoAck: true, consumer, session.Lost).ConfigureAwait(false);
        }
    }

    private void Hear(Read<Notice> read)
    {
        if (read.Message is null)
        {
            _problems.TryAdd(read.Problem, true);
        }

        if (read.Message?.Worker is { } worker)
        {
            _view.Take(worker);
        }

        foreach (var resources in read.Message?.Classes ?? [])
        {
            _classes.TryAdd(resources.Name(), true);
        }
    }
}
