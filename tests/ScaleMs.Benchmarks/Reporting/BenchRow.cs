namespace ScaleMs.Benchmarks.Reporting;

/// <summary>A line of the table and of <c>bench.json</c>.</summary>
internal sealed record BenchRow
{
    public required string Scenario { get; init; }

    public required string Peer { get; init; }

    public required string Shape { get; init; }

    /// <summary>Steps; bytes where nothing but bytes is measured.</summary>
    public required long N { get; init; }

    public required double MedianSeconds { get; init; }

    /// <summary>The median over the rounds of this peer's time by ninja's in the same round; null where ninja did not run.</summary>
    public double? RatioToNinja { get; init; }

    /// <summary>The most steps that a round executed; null where everything is built or nothing is a step.</summary>
    public int? Reran { get; init; }

    /// <summary>The largest peak of one process in any round; null where it ended too soon to be read.</summary>
    public double? PeakMiB { get; init; }

    public double CpuSeconds { get; init; }

    public int Rounds { get; init; }

    /// <summary>Whether an output was not what its inputs are, after a round: the change was not noticed.</summary>
    public bool IsStale { get; init; }
}
