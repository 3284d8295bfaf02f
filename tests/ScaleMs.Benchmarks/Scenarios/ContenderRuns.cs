using ScaleMs.Benchmarks.Measuring;
using ScaleMs.Benchmarks.Reporting;

namespace ScaleMs.Benchmarks.Scenarios;

/// <summary>What one engine did in the rounds of one scenario.</summary>
internal sealed class ContenderRuns(Contender contender)
{
    private readonly List<int?> _executed = [];
    private bool _isRight = true;

    public Contender Contender { get; } = contender;

    public List<Timing> Timings { get; } = [];

    public bool HasFailed { get; set; }

    public double Seconds => Timings.Sum(timing => timing.WallSeconds);

    public double MedianSeconds => Median.Of(Timings.Select(timing => timing.WallSeconds));

    public void Add(Timing timing, int? executed, bool isRight)
    {
        Timings.Add(timing);
        _executed.Add(executed);
        _isRight &= isRight;
    }

    /// <summary>The medians; the ratio is the median of the rounds' ratios.</summary>
    public BenchRow Row(Scenario scenario, ContenderRuns? bases) => new()
    {
        Scenario = scenario.Name,
        Peer = Contender.Peer.Name,
        Shape = Contender.Graph.Shape,
        N = Contender.Graph.Steps.Count,
        MedianSeconds = MedianSeconds,
        RatioToNinja = bases is { Timings.Count: > 0 } ? Median.Of(Timings.Zip(bases.Timings, (ours, theirs) => ours.WallSeconds / theirs.WallSeconds)) : null,
        Reran = _executed.Max(),
        PeakMiB = Timings.Max(timing => timing.PeakBytes) is > 0 and var bytes ? bytes / 1048576.0 : null,
        CpuSeconds = Median.Of(Timings.Select(timing => timing.CpuSeconds)),
        Rounds = Timings.Count,
        IsStale = !_isRight,
    };
}
