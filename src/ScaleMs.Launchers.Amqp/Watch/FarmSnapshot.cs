using System.Globalization;
using System.Text;
using System.Text.Json;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp;

/// <summary>A farm at one moment: queues, workers, what runs, how fast.</summary>
public sealed class FarmSnapshot
{
    private readonly WatchMessage _seen;

    internal FarmSnapshot(WatchMessage seen) => _seen = seen;

    internal WatchMessage Seen => _seen;

    /// <summary>As JSON, one line.</summary>
    /// <returns>The text.</returns>
    public string Json() => JsonSerializer.Serialize(_seen, WireJson.Default.WatchMessage);

    /// <summary>As a table for people.</summary>
    /// <returns>Lines, each with its end.</returns>
    public string Text()
    {
        var text = new StringBuilder();
        Line(text, $"farm {_seen.Farm} at {_seen.Broker}: {_seen.Workers.Count} workers, {_seen.Running} running, {_seen.Waiting} waiting, {_seen.PerSecond:0.0} ended/s, {_seen.Poisoned} poisoned");
        if (_seen.Queues.Count > 0)
        {
            Line(text, $"{"QUEUE",-40} {"WAITING",8} {"WORKERS",8}");
        }

        foreach (var queue in _seen.Queues)
        {
            Line(text, $"{queue.Class,-40} {queue.Waiting,8} {queue.Consumers,8}");
        }

        if (_seen.Workers.Count > 0)
        {
            Line(text, $"{"WORKER",-40} {"SLOTS",8} {"FREE",6} {"DONE",8} {"FAILED",8} STATE");
        }

        foreach (var worker in _seen.Workers)
        {
            Describe(text, worker);
        }

        return text.ToString();
    }

    private static void Describe(StringBuilder text, WorkerNotice worker)
    {
        Line(text, $"{worker.Name,-40} {worker.Slots,8} {worker.FreeSlots,6} {worker.Done,8} {worker.Failed,8} {(worker.IsDraining ? "draining" : "working")}");
        foreach (var action in worker.Running)
        {
            Line(text, $"  {action.Step,-54} {action.Seconds,8:0} s");
        }

        foreach (var (name, reason) in worker.Unfit)
        {
            Line(text, $"  does not fit {name}: {reason}");
        }
    }

    /// <summary>What workers and clients call themselves and their steps is shown without its control characters.</summary>
    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append([.. line.ToString(CultureInfo.InvariantCulture).Select(one => char.IsControl(one) ? '?' : one)]).Append('\n');
}
