using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Asks the farm: any one worker answers.</summary>
internal sealed class FarmQuestions(FarmNames names, Func<BrokerLink> link)
{
    /// <summary>An unanswered question is asked again: its worker may have ended with it.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<AnswerMessage>> _asked = new(StringComparer.Ordinal);
    private string _answers = string.Empty;

    /// <summary>Hears answers in a new session.</summary>
    internal async Task OpenAsync(BrokerSession session)
    {
        var channel = await session.ChannelAsync(session.Lost).ConfigureAwait(false);
        var queue = await channel.QueueDeclareAsync(string.Empty, durable: false, exclusive: true, autoDelete: true, cancellationToken: session.Lost).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Take(delivery.BasicProperties.CorrelationId, Wire.Answer(delivery.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, session.Lost).ConfigureAwait(false);
        _answers = queue.QueueName;
    }

    /// <exception cref="OperationCanceledException">Nobody answered in time.</exception>
    /// <exception cref="BrokerException">The broker refuses this client, or a worker speaks another version.</exception>
    internal async Task<AnswerMessage> AskAsync(QuestionMessage question, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = _asked.GetOrAdd(id, _ => new TaskCompletionSource<AnswerMessage>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            while (true)
            {
                await link().SessionAsync(cancellation).ConfigureAwait(false);
                var properties = new BasicProperties { CorrelationId = id, ReplyTo = _answers, Expiration = "60000" };
                await link().PublishAsync(string.Empty, names.Questions, properties, Wire.Bytes(question), isMandatory: false, cancellation).ConfigureAwait(false);
                await Task.WhenAny(answer.Task, Task.Delay(Again, cancellation)).ConfigureAwait(false);
                if (answer.Task.IsCompleted || cancellation.IsCancellationRequested)
                {
                    return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    private void Take(string? id, Read<AnswerMessage> read)
    {
        if (id is null || !_asked.TryGetValue(id, out var asked))
        {
            return;
        }

        if (read.Message is { } answer)
        {
            asked.TrySetResult(answer);
        }
        else
        {
            asked.TrySetException(new BrokerException($"farm '{names.Farm}' sent {read.Problem}"));
        }
    }
}
