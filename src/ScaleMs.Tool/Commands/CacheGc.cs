using System.CommandLine;
using ScaleMs.Reporting.Wording;
using ScaleMs.Store.Cache;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems gc --cache</c>: what a shared cache is to keep no longer, beside its clients.</summary>
internal static class CacheGc
{
    public static Option<DirectoryInfo?> Option { get; } = new("--cache")
    {
        Description = "collects in this shared cache instead, beside its clients; --max-size and --older-than (since the last use) say what stays",
        HelpName = "DIR",
    };

    public static int Run(ParseResult parsed, DirectoryInfo cache, CacheLimits limits, bool isPreview)
    {
        var collector = new CacheCollector(new CacheOptions { Place = cache.FullName });
        var sweep = isPreview ? collector.Preview(limits) : collector.Collect(limits);
        parsed.Output().WriteLine(parsed.IsJson() ? ReportJson.Of(CacheGcReport.Of(cache.FullName, sweep, isPreview)) : Text(sweep, isPreview));
        return sweep.Problems.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static string Text(CacheSweep sweep, bool isPreview)
    {
        string[] lines =
        [
            .. sweep.Results.Select(result => $"{Size.Of(result.Bytes),10}  of {result.Step}, {Human.Duration(result.WallSeconds)} to make again"),
            .. sweep.Problems.Select(problem => $"refused     {problem}"),
            .. sweep.LiveClients > 0 ? new[] { $"{Human.Count(sweep.LiveClients, "run")} going on: nothing goes that was used since {sweep.Boundary:u}" } : [],
            $"{(isPreview ? "would remove" : "removed")} {Human.Count(sweep.Results.Count + sweep.DamagedRecords, "record")} and {Human.Count(sweep.Blobs, "blob")}, {Size.Of(sweep.Bytes)}; " +
            $"{Size.Of(sweep.BytesLeft)} stay; making it again would take {Human.Duration(sweep.SecondsToMakeAgain)}",
        ];
        return string.Join(Environment.NewLine, lines);
    }
}
