using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Maintenance;

/// <summary>Logs of runs beyond the newest ones. A run's id begins with its time, so the names are in order.</summary>
internal static class OldRuns
{
    /// <summary>Every finished run writes it last.</summary>
    private const string Summary = "summary.json";

    public static IEnumerable<string> Of(StoreLayout layout, GcRequest request) => !Directory.Exists(layout.Runs) ? [] :
        Directory.EnumerateDirectories(layout.Runs)
            .OrderDescending(StringComparer.Ordinal)
            .Skip(request.KeepRuns ?? GcRequest.DefaultKeptLogs);

    /// <summary>Those that no living run writes to.</summary>
    public static IEnumerable<string> FinishedOf(StoreLayout layout, GcRequest request) =>
        Of(layout, request).Where(folder => File.Exists(Path.Combine(folder, Summary)));
}
