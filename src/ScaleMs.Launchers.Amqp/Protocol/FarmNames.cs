using System.Buffers;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>Names of a farm's queues and exchanges.</summary>
internal sealed record FarmNames
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.");

    private readonly string _prefix;

    /// <exception cref="ArgumentException">The name has other characters than letters, digits, '-', '_' and '.', or is longer than 64.</exception>
    public FarmNames(string farm)
    {
        if (farm.Length is 0 or > 64 || farm.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException($"'{farm}' is no name of a farm: letters, digits, '-', '_' and '.', at most 64");
        }

        Farm = farm;
        _prefix = "scalems." + farm;
    }

    public string Farm { get; }

    /// <summary>A fan-out to all clients and watchers: announcements of workers.</summary>
    public string ToClients => _prefix + ".to-clients";

    /// <summary>A fan-out to all workers: classes and cancellations.</summary>
    public string ToWorkers => _prefix + ".to-workers";

    public string Questions => _prefix + ".questions";

    public string Poison => _prefix + ".poison";

    public string Work(string className) => $"{_prefix}.work.{className}";

    public string Replies(string client) => $"{_prefix}.replies.{client}";

    /// <summary>What a worker holds for longer than a moment, so that a broken connection gives it time to come back.</summary>
    public string Held(string worker) => $"{_prefix}.held.{worker}";
}
