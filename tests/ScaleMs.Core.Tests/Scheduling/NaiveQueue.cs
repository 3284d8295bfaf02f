using ScaleMs.Core.Model;

namespace ScaleMs.Core.Tests.Scheduling;

/// <summary>The rule of the ready queue written down as plainly as can be: it looks at everything each time.</summary>
internal sealed class NaiveQueue(Resources capacity, int patience, int mostYounger)
{
    private readonly List<NaiveStep> _waiting = [];
    private readonly List<NaiveStep> _running = [];
    private readonly List<int> _batches = [];
    private int _started;
    private readonly Dictionary<string, int> _passedOver = [];
    private NaiveStep? _held;

    /// <summary>Steps that came between two starts are of one batch.</summary>
    public void Add(int item, Resources wanted, double priority)
    {
        _waiting.Add(new NaiveStep(item, priority, _started, Clamped(wanted)));
        _batches.Add(_started);
    }

    public int? Take()
    {
        _held ??= _waiting.Take(1).SingleOrDefault(oldest => _started >= _batches.Count(batch => batch <= oldest.Batch) + mostYounger);
        var started = _held is not null && Fits(_held.Wanted, null) ? _held : Ranked().FirstOrDefault(step => Fits(step.Wanted, _held?.Wanted));
        if (started is null)
        {
            return null;
        }

        if (started != _held)
        {
            PassOver(started);
        }

        _held = started == _held ? null : _held;
        _passedOver[Name(started)] = 0;
        _waiting.Remove(started);
        _running.Add(started);
        _started++;
        return started.Item;
    }

    public void Return(int item) => _running.Remove(_running.First(step => step.Item == item));

    private IEnumerable<NaiveStep> Ranked() => _waiting.OrderByDescending(step => step.Priority, Comparer<double>.Default).ThenBy(step => step.Item, Comparer<int>.Default);

    private void PassOver(NaiveStep started)
    {
        foreach (var first in Ranked().TakeWhile(step => step != started).DistinctBy(Name).Where(step => Name(step) != Name(started)).ToList())
        {
            _passedOver[Name(first)] = _passedOver.GetValueOrDefault(Name(first)) + 1;
            _held ??= _passedOver[Name(first)] >= patience ? first : null;
        }
    }

    private Resources Clamped(Resources wanted) => new(
        Math.Clamp(wanted.Cpus, 1, capacity.Cpus), Math.Min(wanted.MemoryBytes, capacity.MemoryBytes), Math.Min(wanted.Gpus, capacity.Gpus), null,
        capacity.Tokens!.ToDictionary(token => token.Key, token => Math.Min(token.Value, wanted.Tokens?.GetValueOrDefault(token.Key) ?? 0)));

    /// <summary>Each resource must hold what runs and the claim, and, if the claim takes any of it, what is held for another one.</summary>
    private bool Fits(Resources wanted, Resources? held) => Amounts(capacity).Keys.All(name =>
        Amounts(wanted)[name] == 0 ||
        Amounts(wanted)[name] + _running.Sum(step => Amounts(step.Wanted)[name]) + (held is null ? 0 : Amounts(held)[name]) <= Amounts(capacity)[name]);

    private static Dictionary<string, long> Amounts(Resources resources) => new(resources.Tokens!.Select(token => KeyValuePair.Create("token " + token.Key, (long)token.Value)))
    {
        ["cpus"] = resources.Cpus,
        ["memory"] = resources.MemoryBytes,
        ["gpus"] = resources.Gpus,
    };

    private static string Name(NaiveStep step) => string.Join(',', Amounts(step.Wanted).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private sealed record NaiveStep(int Item, double Priority, int Batch, Resources Wanted);
}
