using ScaleMs.Store.Cache;

namespace ScaleMs.Tool.Wording;

/// <summary>A <see cref="CacheSweep"/> as it is printed for machines.</summary>
internal sealed record CacheGcReport(
    string Cache, bool IsPreview, IReadOnlyList<CacheGcReport.Result> Results, int DamagedRecords, int Blobs, long Bytes, long BytesLeft, int LiveClients,
    DateTimeOffset Boundary, IReadOnlyList<string> Problems, double SecondsToRecreate)
{
    public static CacheGcReport Of(string cache, CacheSweep sweep, bool isPreview) => new(
        cache, isPreview, [.. sweep.Results.Select(result => new Result(result.Key.Digest.Hex, result.Step.ToString(), result.LastUsed, result.Bytes, result.WallSeconds))],
        sweep.DamagedRecords, sweep.Blobs, sweep.Bytes, sweep.BytesLeft, sweep.LiveClients, sweep.Boundary, sweep.Problems, sweep.SecondsToMakeAgain);

    /// <summary>A result that went.</summary>
    internal sealed record Result(string Key, string Step, DateTimeOffset LastUsed, long Bytes, double SecondsToRecreate);
}
