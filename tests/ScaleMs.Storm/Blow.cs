using ScaleMs.Core.Ports;

namespace ScaleMs.Storm;

/// <summary>When a run is killed: at a point, or at a random instant when there is none.</summary>
internal sealed record Blow(string? Point)
{
    private const int KillsPerShare = 100;

    /// <summary>As many random instants as were asked for, and every point once for each hundred of them, in an order of the seed's.</summary>
    public static List<Blow> Plan(Settings settings)
    {
        var share = Math.Max(1, settings.Kills / KillsPerShare);
        var blows = Enumerable.Repeat(new Blow((string?)null), settings.Kills)
            .Concat(CrashPoint.All.SelectMany(point => Enumerable.Repeat(new Blow(point), share)))
            .ToArray();
        new Random(settings.Seed).Shuffle(blows);
        return [.. blows];
    }

    /// <summary>Only a run that rewrites the journal at its close passes some of the points.</summary>
    public bool NeedsCompaction => Point is CrashPoint.BaseWritten or CrashPoint.BaseNamed or CrashPoint.SegmentDeleted;

    public override string ToString() => Point ?? "a random instant";
}
