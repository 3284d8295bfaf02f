using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Amqp.Blobs;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>A worker's figures in the text form that Prometheus reads.</summary>
internal static class WorkerMetrics
{
    internal static string Text(WorkerNotice worker, WorkerTally tally, BlobCache cache, bool isConnected)
    {
        var text = new StringBuilder();
        Add(text, "actions_total", "counter", "Actions that ended here.",
            ("result=\"done\"", worker.Done), ("result=\"failed\"", worker.Failed), ("result=\"cancelled\"", tally.Cancelled), ("result=\"fenced\"", tally.Fenced),
            ("result=\"given_back\"", tally.GivenBack), ("result=\"poisoned\"", tally.Poisoned), ("result=\"refused\"", tally.Refused));
        Add(text, "busy_seconds_total", "counter", "Wall time of commands.", (string.Empty, tally.BusySeconds));
        Add(text, "running", "gauge", "Actions that run.", (string.Empty, worker.Running.Count));
        Add(text, "slots", "gauge", "Cores.", ("state=\"free\"", worker.FreeSlots), ("state=\"used\"", worker.Slots - worker.FreeSlots));
        Add(text, "classes", "gauge", "Classes of actions that clients told of.", ("fits=\"yes\"", worker.Fits.Count), ("fits=\"no\"", worker.Unfit.Count));
        Add(text, "cache_lookups_total", "counter", "Blobs that were asked for.", ("result=\"hit\"", Interlocked.Read(ref cache.Hits)), ("result=\"miss\"", Interlocked.Read(ref cache.Misses)));
        Add(text, "reconnects_total", "counter", "Connections to the broker after the first.", (string.Empty, tally.Reconnects));
        Add(text, "connected", "gauge", "Whether the broker is there.", (string.Empty, isConnected ? 1 : 0));
        Add(text, "draining", "gauge", "Whether it takes no more.", (string.Empty, worker.IsDraining ? 1 : 0));
        Add(text, "up_seconds", "gauge", "Time since the start.", (string.Empty, worker.UpSeconds));
        return text.ToString();
    }

    private static void Add(StringBuilder text, string name, string kind, string help, params (string Labels, double Value)[] values)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP scalems_worker_{name} {help}\n# TYPE scalems_worker_{name} {kind}\n");
        foreach (var (labels, value) in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"scalems_worker_{name}{(labels.Length > 0 ? $"{{{labels}}}" : string.Empty)} {value}\n");
        }
    }
}
