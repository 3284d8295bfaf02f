using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

/// <summary>No step waits for ever behind others, in virtual time.</summary>
public sealed class NoStarvationTests
{
    private const int Large = 1_000_000;

    /// <summary>Twenty come at once and sixteen start: the others are older than the large one, which comes with twenty more.</summary>
    private const int NotYounger = 4 + 21;

    /// <summary>What is held is held well: the step starts at the very instant at which it would if nothing else had started.</summary>
    [Fact]
    public void Held_WhateverStartsBeside_StartsAsSoonAsIfNothingHadStarted()
    {
        var held = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            held += RunWithHolds(new Random(seed), $"seed {seed}");
        }

        Assert.InRange(held, 500, int.MaxValue);
    }

    [Theory]
    [InlineData(16, 0, 0)]
    [InlineData(2, 900, 0)]
    [InlineData(1, 0, 2)]
    public void StepThatNeedsMuch_FirstInRankAmongEndlessSmallOnes_StartsAfterPatienceAndTheCores(int cpus, long memory, int licences)
    {
        var wanted = new Resources(cpus, memory, 0, null, ReadyQueueTests.Tokens(("licence", licences)));
        var small = new Resources(1, 100, 0, null, ReadyQueueTests.Tokens(("licence", 1)));
        var queue = new ReadyQueue(new Resources(16, 1000, 0, null, ReadyQueueTests.Tokens(("licence", 2))));
        Assert.InRange(StartsBefore(queue, wanted, priority: 9, small, smallPriority: 1), 0, queue.Patience);
    }

    /// <summary>What is ready at once starts by rank alone, however much it is.</summary>
    [Fact]
    public void Steps_ReadyAtOnce_StartByRankHoweverMany()
    {
        var queue = new ReadyQueue(new Resources(1)) { MostYounger = 3 };
        for (var i = 0; i < 100; i++)
        {
            queue.Add(i, Resources.Default, i);
        }

        Assert.Equal(Enumerable.Range(0, 100).Reverse(), Enumerable.Range(0, 100).Select(_ =>
        {
            var admission = queue.Take()!;
            queue.Return(admission);
            return admission.Item;
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Step_LastInRankAmongEndlessNewOnes_StartsAfterABoundedNumber(int cpus)
    {
        var queue = new ReadyQueue(new Resources(16)) { MostYounger = 100 };
        Assert.InRange(StartsBefore(queue, new Resources(cpus), priority: 1, Resources.Default, smallPriority: 9), 0, 100 + NotYounger);
    }

    /// <summary>New small steps come for ever; one ends at a time. All of them start while the large one waits.</summary>
    /// <returns>How many small steps started before the large one, since it came.</returns>
    private static int StartsBefore(ReadyQueue queue, Resources large, double priority, Resources small, double smallPriority)
    {
        var running = new Queue<Admission>();
        var next = 0;
        Fill();
        queue.Add(Large, large, priority);
        for (var before = 0; before < 10_000;)
        {
            queue.Return(running.Dequeue());
            for (var started = Fill(); started.Count > 0; started = [])
            {
                if (started.Contains(Large))
                {
                    return before;
                }

                before += started.Count;
            }
        }

        return int.MaxValue;

        List<int> Fill()
        {
            var started = new List<int>();
            for (var i = 0; i < 20; i++)
            {
                queue.Add(next++, small, smallPriority);
            }

            while (queue.Take() is { } admission)
            {
                running.Enqueue(admission);
                started.Add(admission.Item);
            }

            return started;
        }
    }

    private static int RunWithHolds(Random random, string where)
    {
        var machine = new VirtualMachine(new Resources(4, 8, 2), patience: 1 + random.Next(4), mostYounger: 1 + random.Next(20));
        for (var i = 0; i < 100; i++)
        {
            machine.Add(new Resources(1 + random.Next(4), random.Next(9), random.Next(3)), random.Next(5), seconds: 1 + random.Next(9));
            if (random.Next(3) == 0)
            {
                machine.Advance(where);
            }
        }

        machine.RunToTheEnd(where);
        return machine.Held;
    }
}
