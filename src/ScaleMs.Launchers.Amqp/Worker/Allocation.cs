using System.Globalization;

namespace ScaleMs.Launchers.Amqp;

/// <summary>What a job of Slurm has been given on this machine, by the variables that Slurm sets in it.</summary>
public sealed record Allocation
{
    /// <summary>Whether this process is in one.</summary>
    public bool IsOne { get; init; }

    /// <summary>Cores on this machine; null where Slurm does not say.</summary>
    public int? Cpus { get; init; }

    /// <summary>Memory on this machine, in bytes; null where Slurm does not say, or gives all.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Graphics processors, as <c>CUDA_VISIBLE_DEVICES</c> names them.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>When it ends; null where Slurm does not say: versions before 22.05 do not.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">A variable's value; null where it is not set.</param>
    /// <returns>The allocation, or one that is none.</returns>
    public static Allocation Of(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return string.IsNullOrEmpty(variable("SLURM_JOB_ID")) ? new Allocation() : new Allocation
        {
            IsOne = true,
            Cpus = Number(variable("SLURM_CPUS_ON_NODE")) is { } cpus and <= FarmWorkerOptions.MostSlots ? (int)cpus : null,
            MemoryBytes = MemoryOf(variable) << 20,
            Gpus = DevicesOf(variable("CUDA_VISIBLE_DEVICES") ?? variable("ROCR_VISIBLE_DEVICES") ?? string.Empty),
            Until = Number(variable("SLURM_JOB_END_TIME")) is { } end ? DateTimeOffset.FromUnixTimeSeconds(end) : null,
        };
    }

    /// <summary>In MiB; 0 is all that the node has.</summary>
    private static long? MemoryOf(Func<string, string?> variable) =>
        Number(variable("SLURM_MEM_PER_NODE")) ?? (Number(variable("SLURM_MEM_PER_CPU")) * Number(variable("SLURM_CPUS_ON_NODE")));

    /// <summary>A job without any has a word there that is none.</summary>
    private static List<string> DevicesOf(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(device => device is not "NoDevFiles")];

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < int.MaxValue * 2L ? number : null;
}
