using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

public sealed class ReadyQueueTests
{
    private static readonly Resources Capacity = new(4, 1000, 2, null, Tokens(("licence", 2), ("disk", 1)));

    [Fact]
    public void Queue_RandomArrivalsAndEnds_DecidesAsTheNaiveOneThatLooksAtAll()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (patience, younger) = (1 + random.Next(4), 1 + random.Next(12));
            var queue = new ReadyQueue(Capacity) { Patience = patience, MostYounger = younger };
            var naive = new NaiveQueue(Capacity, patience, younger);
            var running = new List<Admission>();
            for (var i = 0; i < 80; i++)
            {
                if (running.Count > 0 && random.Next(2) == 0)
                {
                    var ended = running[random.Next(running.Count)];
                    running.Remove(ended);
                    queue.Return(ended);
                    naive.Return(ended.Item);
                }
                else
                {
                    var (wanted, priority) = (Some(random), random.Next(6));
                    queue.Add(i, wanted, priority);
                    naive.Add(i, wanted, priority);
                }

                var (admission, expected) = (queue.Take(), naive.Take());
                Assert.True(admission?.Item == expected, $"seed {seed}, move {i}: {admission?.Item} instead of {expected}");
                running.AddRange(admission is null ? [] : [admission]);
            }
        }
    }

    [Fact]
    public void Queue_WhateverIsTakenAndReturned_NeverGivesMoreThanThereIs()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var queue = new ReadyQueue(Capacity);
            var wanted = Enumerable.Range(0, 60).Select(_ => Some(random)).ToList();
            wanted.ForEach(resources => queue.Add(wanted.IndexOf(resources), resources, random.Next(4)));
            var running = new List<Admission>();
            while (queue.Count > 0 || running.Count > 0)
            {
                if (queue.Take() is { } admission)
                {
                    running.Add(admission);
                    AssertFits(running.ConvertAll(taken => wanted[taken.Item]), $"seed {seed}");
                    Assert.Equal(Math.Min(2, wanted[admission.Item].Gpus), admission.Devices.Count);
                    Assert.Distinct(running.SelectMany(taken => taken.Devices));
                }
                else
                {
                    var ended = random.Next(running.Count);
                    queue.Return(running[ended]);
                    running.RemoveAt(ended);
                }
            }
        }
    }

    [Fact]
    public void Queue_EqualClaims_StartByPriorityThenByNumber()
    {
        var queue = new ReadyQueue(new Resources(4));
        double[] priorities = [1, 3, 2, 3];
        for (var i = 0; i < priorities.Length; i++)
        {
            queue.Add(i, Resources.Default, priorities[i]);
        }

        Assert.Equal([1, 3, 2, 0], Enumerable.Range(0, 4).Select(_ => queue.Take()!.Item));
    }

    [Theory]
    [InlineData(9, 0, 0, 0)]
    [InlineData(1, 5000, 0, 0)]
    [InlineData(1, 0, 9, 0)]
    [InlineData(1, 0, 0, 9)]
    [InlineData(9, 5000, 9, 9)]
    public void Queue_StepThatAsksForMoreThanThereIs_GetsAllThereIsOfIt(int cpus, long memory, int gpus, int licences)
    {
        var queue = new ReadyQueue(Capacity);
        queue.Add(0, new Resources(cpus, memory, gpus, null, Tokens(("licence", licences))), 1);
        queue.Add(1, new Resources(cpus, memory, gpus, null, Tokens(("licence", licences))), 1);
        var first = queue.Take()!;
        Assert.Null(queue.Take());
        queue.Return(first);
        Assert.Equal(1, queue.Take()!.Item);
    }

    [Fact]
    public void Queue_TokenInUse_HoldsBackOnlyThoseThatWantIt()
    {
        var queue = new ReadyQueue(Capacity);
        queue.Add(0, new Resources(Tokens: Tokens(("disk", 1))), 9);
        queue.Add(1, new Resources(Tokens: Tokens(("disk", 1))), 8);
        queue.Add(2, new Resources(Tokens: Tokens(("licence", 1))), 7);
        queue.Add(3, new Resources(Tokens: Tokens(("unheard-of", 100))), 6);
        queue.Add(4, new Resources(0), 5);
        Assert.Equal([0, 2, 3, 4], Enumerable.Range(0, 4).Select(_ => queue.Take()!.Item));
        Assert.Null(queue.Take());
    }

    [Fact]
    public void Queue_Dropped_GivesTheOldestAndNeverStartsIt()
    {
        var queue = new ReadyQueue(new Resources(1));
        queue.Add(0, Resources.Default, 1);
        queue.Add(1, Resources.Default, 2);
        Assert.Equal(0, queue.Drop());
        Assert.Equal(1, queue.Take()!.Item);
        Assert.Null(queue.Drop());
        Assert.Equal(0, queue.Count);
    }

    /// <summary>What a decision costs does not depend on how many wait: it looks at a step of each distinct claim, twice at most.</summary>
    [Theory]
    [InlineData(1, 50_000)]
    [InlineData(10, 50_000)]
    [InlineData(1000, 50_000)]
    public void Queue_OfManySteps_LooksAtNoMoreThanTheDistinctClaims(int claims, int steps)
    {
        var queue = new ReadyQueue(new Resources(64, 1_000_000));
        for (var i = 0; i < steps; i++)
        {
            queue.Add(i, new Resources(1 + (i % claims % 3), i % claims), i * 7919 % 1000);
        }

        var running = new Queue<Admission>();
        var decisions = 1;
        for (; queue.Count > 0; decisions++)
        {
            if (queue.Take() is { } admission)
            {
                running.Enqueue(admission);
            }
            else
            {
                queue.Return(running.Dequeue());
            }
        }

        Assert.InRange(queue.Looks, 1, 2L * decisions * Math.Min(steps, claims));
    }

    internal static Dictionary<string, int> Tokens(params (string Name, int Count)[] tokens) => tokens.ToDictionary(token => token.Name, token => token.Count);

    /// <summary>Now and then a step asks for more than there is.</summary>
    private static Resources Some(Random random) => new(
        random.Next(6), random.Next(5) * 300, random.Next(4), null, Tokens(("licence", random.Next(4)), ("disk", random.Next(2))));

    private static void AssertFits(List<Resources> running, string where)
    {
        Assert.True(running.Sum(claim => Math.Clamp(claim.Cpus, 1, 4)) <= 4, where);
        Assert.True(running.Sum(claim => Math.Min(claim.MemoryBytes, 1000)) <= 1000, where);
        Assert.True(running.Sum(claim => Math.Min(claim.Gpus, 2)) <= 2, where);
        Assert.True(running.Sum(claim => Math.Min(claim.Tokens!["licence"], 2)) <= 2 && running.Sum(claim => claim.Tokens!["disk"]) <= 1, where);
    }
}
