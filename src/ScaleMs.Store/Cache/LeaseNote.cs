using System.Globalization;
using System.Text.Json.Serialization;
using ScaleMs.Store.Locking;

namespace ScaleMs.Store.Cache;

/// <summary>Who holds a lease, so that a collector can tell whether the client still lives.</summary>
/// <param name="Host">The machine's name.</param>
/// <param name="BootId">What changes with each start of the machine.</param>
/// <param name="ProcessSpace">What numbers of processes are counted in: a container has its own; empty where the system does not say.</param>
/// <param name="ProcessId">The process's number.</param>
/// <param name="StartTicks">When the process began, by the kernel's own count; 0 where the system does not say.</param>
/// <param name="BeganNs">When the lease began, by the file server's clock, in nanoseconds since 1970.</param>
internal sealed record LeaseNote(string Host, string BootId, string ProcessSpace, int ProcessId, long StartTicks, long BeganNs)
{
    public static LeaseNote Of(CacheOptions options) =>
        new(options.HostName, options.BootId, RunningProcess.Space, Environment.ProcessId, RunningProcess.StartTicks(Environment.ProcessId) ?? 0, 0);

    /// <summary>Who it is, for people.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on host '{Host}'");
}

/// <summary>The form of a lease.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LeaseNote))]
internal sealed partial class LeaseJson : JsonSerializerContext;
