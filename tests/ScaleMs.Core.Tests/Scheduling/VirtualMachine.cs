using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

/// <summary>Runs a queue's steps in virtual time, and checks that a step for which resources are held is not delayed.</summary>
internal sealed class VirtualMachine(Resources capacity, int patience, int mostYounger)
{
    private readonly ReadyQueue _queue = new(capacity) { Patience = patience, MostYounger = mostYounger };
    private readonly List<(Resources Wanted, int Seconds)> _steps = [];
    private readonly List<(Admission Admission, int EndsAt)> _running = [];
    private (int Item, int At)? _promise;
    private int _now;

    /// <summary>How often resources were held.</summary>
    public int Held { get; private set; }

    public void Add(Resources wanted, double priority, int seconds)
    {
        _queue.Add(_steps.Count, wanted, priority);
        _steps.Add((wanted, seconds));
    }

    public void RunToTheEnd(string where)
    {
        while (_queue.Count > 0 || _running.Count > 0)
        {
            Advance(where);
        }
    }

    /// <summary>Starts what can start, then lets time pass to the next end.</summary>
    public void Advance(string where)
    {
        while (_queue.Take() is { } admission)
        {
            Start(admission, where);
        }

        Promise();
        Assert.True(_promise is not { } promise || promise.At > _now, $"{where}: {_promise} still waits at {_now}");
        _now = _running.Min(running => running.EndsAt);
        foreach (var ended in _running.Where(running => running.EndsAt == _now).ToList())
        {
            _queue.Return(ended.Admission);
            _running.Remove(ended);
        }
    }

    private void Start(Admission admission, string where)
    {
        if (_promise is { } promise && promise.Item == admission.Item)
        {
            Assert.True(promise.At == _now, $"{where}: {promise} started at {_now}");
            _promise = null;
        }

        _running.Add((admission, _now + _steps[admission.Item].Seconds));
        Promise();
    }

    /// <summary>When resources begin to be held, the ends of what runs tell when the step will start.</summary>
    private void Promise()
    {
        if (_promise is null && _queue.HeldFor is { } item)
        {
            Held++;
            _promise = (item, _running.Select(running => running.EndsAt).Append(_now).Where(time => FitsAt(_steps[item].Wanted, time)).Min());
        }
    }

    private bool FitsAt(Resources wanted, int time)
    {
        var left = _running.Where(running => running.EndsAt > time).Select(running => _steps[running.Admission.Item].Wanted).Append(wanted).ToList();
        return left.Sum(claim => claim.Cpus) <= capacity.Cpus && left.Sum(claim => claim.MemoryBytes) <= capacity.MemoryBytes && left.Sum(claim => claim.Gpus) <= capacity.Gpus;
    }
}
