using System.Collections.Concurrent;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Results of a dead client's attempts, unacknowledged until somebody asks for them.</summary>
internal sealed class KeptResults
{
    private readonly ConcurrentDictionary<string, KeptResult> _results = new(StringComparer.Ordinal);

    /// <summary>The first one counts.</summary>
    internal void Add(ResultMessage result, byte[] body, Func<ValueTask> acknowledge) => _results.TryAdd(result.Id, new KeptResult(result, body, acknowledge));

    internal KeptResult? Take(string id) => _results.TryRemove(id, out var kept) ? kept : null;

    internal void Clear() => _results.Clear();
}

/// <summary>A result with its delivery.</summary>
internal sealed record KeptResult(ResultMessage Result, byte[] Body, Func<ValueTask> Acknowledge);
