using System.Text;
using RabbitMQ.Client;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>What an action's message carries outside of its body.</summary>
internal static class ActionProperties
{
    /// <summary>How many workers were lost while they held it. Counted by us: queues with priorities have no delivery limit of their own.</summary>
    internal const string Losses = "scalems-losses";

    private const string Deaths = "x-death";

    /// <summary>The action's key, for a worker that cannot read the body and refuses it.</summary>
    private const string Key = "scalems-key";

    internal static BasicProperties Of(ActionMessage message, int priority, int losses) => new()
    {
        Persistent = true,
        MessageId = message.Id,
        ReplyTo = message.ReplyTo,
        ContentType = "application/json",
        Type = Wire.Version,
        Priority = (byte)priority,
        Headers = new Dictionary<string, object?> { [Key] = message.Key, [Losses] = losses },
    };

    internal static int RecordedLosses(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(Losses, out var value) == true && value is int losses ? losses : 0;

    /// <summary>Recorded losses, and the one that this delivery itself tells of.</summary>
    internal static int AllLosses(IReadOnlyBasicProperties properties, bool isRedelivered) =>
        RecordedLosses(properties) + (isRedelivered || properties.Headers?.ContainsKey(Deaths) == true ? 1 : 0);

    internal static string KeyOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(Key, out var value) == true && value is byte[] text ? Encoding.UTF8.GetString(text) : string.Empty;

    internal static int Priority(IReadOnlyBasicProperties properties) => properties.IsPriorityPresent() ? properties.Priority : 0;
}
