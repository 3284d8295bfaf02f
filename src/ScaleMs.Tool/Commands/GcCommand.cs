using System.CommandLine;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Commands;

/// <summary><c>scalems gc</c>.</summary>
internal static class GcCommand
{
    private static readonly Option<TimeSpan?> OlderThan = new("--older-than")
    {
        Description = "also the bytes of results that no step stands at and that are older, such as 30d or 12h",
        HelpName = "AGE",
        CustomParser = Parsing.With<TimeSpan?>(Age.TryParse, "an age such as 30d, 12h or 90min"),
    };

    private static readonly Option<long?> MaxSize = new("--max-size")
    {
        Description = "also the least valuable bytes (fewest recorded seconds per byte, oldest first) until no more than this is left, such as 50GB; what steps stand at goes last",
        HelpName = "SIZE",
        CustomParser = Parsing.With<long?>(Size.TryParse, "a size such as 50GB, 512MiB or 0"),
    };

    private static readonly Option<int?> KeepRuns = new("--keep-runs")
    {
        Description = "keeps what the newest N runs made besides what steps stand at; without an age or a size everything else goes",
        HelpName = "N",
    };

    private static readonly Option<bool> All = new("--all") { Description = "also kept/ and damaged/, which hold what was moved aside" };
    private static readonly Option<bool> Records = new("--records") { Description = "with --older-than: drops the records too, and rewrites the journal without its history" };
    private static readonly Option<bool> Preview = new("--preview", "--dry-run") { Description = "only tells what would go and what it costs to make it again" };

    static GcCommand() => KeepRuns.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out var runs) && runs < 0)
        {
            result.AddError("--keep-runs takes 0 or more");
        }
    });

    public static Command Create()
    {
        var command = new Command("gc", "Removes what nothing can need: blobs that no record names, dead attempts, stale files, logs of runs beyond the newest 100. Works beside a run.")
        {
            OlderThan, MaxSize, KeepRuns, All, Records, Preview, CacheGc.Option,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Records) && result.GetResult(OlderThan) is null)
            {
                result.AddError("--records needs --older-than AGE: it says which records may go");
            }

            if (result.GetResult(CacheGc.Option) is not null && new Option[] { KeepRuns, All, Records }.FirstOrDefault(option => result.GetResult(option) is not null) is { } own)
            {
                result.AddError($"{own.Name} is of a workspace's store: a cache takes --max-size, --older-than and --preview");
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        if (parsed.GetValue(CacheGc.Option) is { } cache)
        {
            return CacheGc.Run(parsed, cache, new CacheLimits { MostBytes = parsed.GetValue(MaxSize), LongestUnused = parsed.GetValue(OlderThan) }, parsed.GetValue(Preview));
        }

        var report = GarbageCollector.Collect(parsed.Workspace(), Request(parsed), parsed.Store());
        if (parsed.IsJson())
        {
            parsed.Output().WriteLine(ReportJson.Of(report));
        }
        else
        {
            GcText.Print(report, parsed.Output());
        }

        return report.Refused.Count > 0 ? ExitCodes.Failed : report is { IsPartial: true, IsPreview: false } ? ExitCodes.StoreInUse : ExitCodes.Done;
    }

    private static GcRequest Request(ParseResult parsed) => new()
    {
        OlderThan = parsed.GetValue(OlderThan),
        MaxBytes = parsed.GetValue(MaxSize),
        KeepRuns = parsed.GetValue(KeepRuns),
        All = parsed.GetValue(All),
        Records = parsed.GetValue(Records),
        IsPreview = parsed.GetValue(Preview),
    };
}
