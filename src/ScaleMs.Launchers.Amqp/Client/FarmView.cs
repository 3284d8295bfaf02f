using System.Collections.Concurrent;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>What workers say of themselves, and when they said it last.</summary>
internal sealed class FarmView(TimeSpan patience)
{
    private const double MostLeaseSeconds = 24 * 3600;

    private readonly ConcurrentDictionary<string, (WorkerNotice Notice, DateTimeOffset SeenAt)> _workers = new(StringComparer.Ordinal);

    /// <summary>The longest lease that a worker told of.</summary>
    internal TimeSpan LongestLease { get; private set; }

    internal void Take(WorkerNotice worker)
    {
        LongestLease = TimeSpan.FromSeconds(Math.Max(LongestLease.TotalSeconds, Math.Clamp(double.IsFinite(worker.LeaseSeconds) ? worker.LeaseSeconds : 0, 0, MostLeaseSeconds)));
        if (worker.HasStopped)
        {
            _workers.TryRemove(worker.Name, out _);
            return;
        }

        _workers[worker.Name] = (worker, TimeProvider.System.GetUtcNow());
    }

    /// <summary>The workers that were heard of lately, by name.</summary>
    internal IReadOnlyList<WorkerNotice> Alive()
    {
        var since = TimeProvider.System.GetUtcNow() - patience;
        foreach (var (name, worker) in _workers)
        {
            if (worker.SeenAt < since)
            {
                _workers.TryRemove(name, out _);
            }
        }

        return [.. _workers.Values.Select(worker => worker.Notice).OrderBy(worker => worker.Name, StringComparer.Ordinal)];
    }

    /// <summary>Why no worker takes a class although some were asked; null where one does, or none has answered.</summary>
    internal string? WhyNobodyFits(string className)
    {
        var alive = Alive();
        var reasons = alive.Where(worker => worker.Unfit.ContainsKey(className)).Select(worker => $"{worker.Name}: {worker.Unfit[className]}").ToList();
        return reasons.Count == 0 || alive.Any(worker => worker.Fits.Contains(className))
            ? null
            : string.Join("; ", reasons.Take(5)) + (reasons.Count > 5 ? $"; and {reasons.Count - 5} more workers" : string.Empty);
    }
}
