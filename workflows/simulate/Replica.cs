using System.Text.Json.Serialization;

namespace Simulate;

/// <summary>One replica of the ensemble; its name is its number.</summary>
/// <param name="Index">The number, from 0.</param>
/// <param name="Temperature">The temperature, K.</param>
/// <param name="Seed">The seed of velocities and thermostat.</param>
public sealed record Replica(int Index, double Temperature, long Seed)
{
    /// <summary>The file name of the replica's results, and of its share in tables and plots.</summary>
    [JsonIgnore]
    public string Name => $"replica-{Index}";

    /// <summary>The replicas of a study.</summary>
    /// <param name="count">How many.</param>
    /// <param name="temperatures">Temperatures, K; replica i takes entry i, from the start again when the list ends.</param>
    /// <param name="seed">The study's seed.</param>
    /// <remarks>
    /// A replica's seed is the study's seed plus its number: it depends on nothing else, so more replicas leave the earlier ones as they
    /// are, and the default of 1000 gives the seeds of the reference script (1000, 1001, ...). Studies that shall share no seed need
    /// seeds further apart than their numbers of replicas.
    /// </remarks>
    public static IReadOnlyList<Replica> Of(int count, IReadOnlyList<double> temperatures, long seed) =>
        Enumerable.Range(0, count).Select(index => new Replica(index, temperatures[index % temperatures.Count], seed + index)).ToList();
}
