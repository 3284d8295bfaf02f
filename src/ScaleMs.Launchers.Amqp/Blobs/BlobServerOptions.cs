namespace ScaleMs.Launchers.Amqp;

/// <summary>How blobs, records and leads are served over HTTP.</summary>
public sealed record BlobServerOptions
{
    /// <summary>Where it listens: an <c>http</c> address whose host is as clients write it, or <c>+</c> for any.</summary>
    public required string Listen { get; init; }

    /// <summary>The directory that holds all that is served.</summary>
    public required string Directory { get; init; }

    /// <summary>What clients show to be let in, at least 16 characters.</summary>
    public required string Token { get; init; }

    /// <summary>The largest blob, in bytes; 64 GiB by default.</summary>
    public long MostBytes { get; init; } = 64L << 30;

    /// <summary>What is kept of blobs that nobody uses any more; everything by default.</summary>
    public BlobLimits Limits { get; init; } = new();

    /// <summary>The time between two looks for what is beyond the limits; 10 minutes by default.</summary>
    public TimeSpan CollectEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests that are served at once; 64 by default.</summary>
    public int MostRequests { get; init; } = 64;

    /// <summary>Requests that wait to be served; 1,024 by default. What comes beyond them is told to come again.</summary>
    public int MostWaiting { get; init; } = 1024;

    /// <summary>The longest that a client sends or takes nothing in the middle of a request; 30 seconds by default. Less than 1 KiB/s for long counts as nothing.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may be silent before another one makes what it leads; a minute by default. Clients are heard of four times as often.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock that leases go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes what is odd.</summary>
    public Action<string> Notice { get; init; } = _ => { };
}
