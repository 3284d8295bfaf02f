using System.Collections.Concurrent;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>The classes that clients told of, and whether this worker fits them.</summary>
internal sealed class ClassBook(FarmWorkerOptions options, Slots slots, Shift shift, WorkerTools tools)
{
    private readonly ConcurrentDictionary<string, ResourceClass> _fits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _unfit = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, ResourceClass> Fits => _fits;

    internal IReadOnlyDictionary<string, string> Unfit => _unfit;

    /// <summary>Judges a class.</summary>
    /// <returns>Whether it is a new one that fits.</returns>
    internal bool Learn(ResourceClass resources)
    {
        var name = resources.Name();
        if (_fits.ContainsKey(name) || _unfit.ContainsKey(name) || (shift.WhyNever(resources) is null && !shift.HasTimeFor(resources, TimeProvider.System.GetUtcNow())))
        {
            return false;
        }

        if (WhyNot(resources) is { } reason)
        {
            _unfit[name] = reason;
            return false;
        }

        return _fits.TryAdd(name, resources);
    }

    /// <summary>A tool here is another one by now.</summary>
    internal void Forget(ResourceClass resources) => _fits.TryRemove(resources.Name(), out _);

    /// <summary>Forgets the classes that there is not time enough for any more; others may still take them.</summary>
    /// <returns>Their names.</returns>
    internal IReadOnlyList<string> Outgrow(DateTimeOffset now)
    {
        List<string> outgrown = [.. _fits.Where(fit => !shift.HasTimeFor(fit.Value, now)).Select(fit => fit.Key)];
        outgrown.ForEach(name => _fits.TryRemove(name, out _));
        return outgrown;
    }

    private string? WhyNot(ResourceClass resources) =>
        slots.WhyNever(resources)
        ?? shift.WhyNever(resources)
        ?? (resources.Labels.FirstOrDefault(label => !options.Labels.Contains(label)) is { } missing ? $"it does not have the label '{missing}'" : null)
        ?? resources.Tools.Select(tools.WhyNot).FirstOrDefault(reason => reason is not null);
}
