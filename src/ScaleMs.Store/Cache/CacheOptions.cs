namespace ScaleMs.Store.Cache;

/// <summary>Which shared cache is used, how, and by whom.</summary>
/// <remarks>None of it enters a step key.</remarks>
public sealed record CacheOptions
{
    /// <summary>The cache's folder, absolute, which is made when it is not there, except for reading only; or the address of an endpoint, <c>http</c> or <c>https</c>.</summary>
    public required string Place { get; init; }

    /// <summary>What an endpoint wants to be shown; a folder wants nothing.</summary>
    public string Token { get; init; } = string.Empty;

    /// <summary>Whether results are only taken: nothing at all is written there, so that a collector does not know of this client.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether results that were imported here, which nobody verified, are offered to others.</summary>
    public bool SharesImported { get; init; }

    /// <summary>Whether results that others imported are taken.</summary>
    public bool TakesImported { get; init; }

    /// <summary>How long nothing may be heard of a client that makes something before another one makes it. An endpoint decides that itself.</summary>
    public TimeSpan LeadTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>This machine's name, for people and for telling dead clients from live ones.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>What changes with each start of the machine.</summary>
    public string BootId { get; init; } = Locking.ThisMachine.BootId;

    /// <summary>The clock by which leases and leads are refreshed. Ages in the cache are told by the file server's clock alone.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether the cache is behind an endpoint.</summary>
    internal bool IsEndpoint => IsAddress(Place);

    /// <summary>Whether a place is meant as an address rather than a folder.</summary>
    /// <param name="place">What was given.</param>
    /// <returns>Whether it has a scheme.</returns>
    public static bool IsAddress(string place) => place.Contains("://", StringComparison.Ordinal);
}
