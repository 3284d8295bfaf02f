namespace ScaleMs.Core.Model;

/// <summary>What a step instance needs while it runs; never in the key.</summary>
/// <param name="Cpus">Processor cores, at least 1.</param>
/// <param name="MemoryBytes">Memory in bytes; 0 for no claim.</param>
/// <param name="Gpus">Graphics processors; 0 for none.</param>
/// <param name="TimeLimit">After this time the step is stopped; null for no limit.</param>
/// <param name="Tokens">Counts of named tokens, such as licences; null for none.</param>
public sealed record Resources(int Cpus = 1, long MemoryBytes = 0, int Gpus = 0, TimeSpan? TimeLimit = null, IReadOnlyDictionary<string, int>? Tokens = null)
{
    /// <summary>One core and nothing more.</summary>
    public static Resources Default { get; } = new();
}
