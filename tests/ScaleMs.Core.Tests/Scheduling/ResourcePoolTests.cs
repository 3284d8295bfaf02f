using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

public sealed class ResourcePoolTests
{
    private static readonly Resources Capacity = new(4, 1000, 2, null, Tokens(("licence", 2), ("disk", 1)));

    [Fact]
    public void Pool_WhateverIsTakenAndReturned_NeverGivesMoreThanThereIs()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var pool = new ResourcePool(Capacity);
            var running = new List<Resources>();
            for (var i = 0; i < 100; i++)
            {
                var wanted = Small(random);
                if (running.Count > 0 && random.Next(2) == 0)
                {
                    var index = random.Next(running.Count);
                    pool.Return(running[index]);
                    running.RemoveAt(index);
                }
                else if (pool.TryTake(wanted))
                {
                    running.Add(wanted);
                }

                Assert.True(Fits(running), $"seed {seed}, move {i}");
                Assert.True(pool.HasFreeCpus == running.Sum(claim => claim.Cpus) < Capacity.Cpus, $"seed {seed}, move {i}: cores");
            }

            running.ForEach(pool.Return);
            Assert.True(pool.TryTake(Capacity), $"seed {seed}: not all came back");
        }
    }

    [Theory]
    [InlineData(9, 0, 0, 0)]
    [InlineData(1, 5000, 0, 0)]
    [InlineData(1, 0, 9, 0)]
    [InlineData(1, 0, 0, 9)]
    [InlineData(9, 5000, 9, 9)]
    public void Pool_ClaimLargerThanAllThereIs_IsAdmittedAloneOnThatResource(int cpus, long memory, int gpus, int licences)
    {
        var pool = new ResourcePool(Capacity);
        var wanted = new Resources(cpus, memory, gpus, null, Tokens(("licence", licences)));
        Assert.True(pool.TryTake(wanted));
        Assert.False(pool.TryTake(wanted));
        pool.Return(wanted);
        Assert.True(pool.TryTake(Capacity));
    }

    [Fact]
    public void Pool_ClaimRefused_TakesNothing()
    {
        var pool = new ResourcePool(Capacity);
        Assert.True(pool.TryTake(new Resources(3)));
        Assert.False(pool.TryTake(new Resources(2, 1000, 2, null, Tokens(("licence", 2)))));
        Assert.True(pool.TryTake(new Resources(1, 1000, 2, null, Tokens(("licence", 2)))));
    }

    [Fact]
    public void Pool_TokenInUse_HoldsBackOnlyThoseThatWantIt()
    {
        var pool = new ResourcePool(Capacity);
        Assert.True(pool.TryTake(new Resources(Tokens: Tokens(("disk", 1)))));
        Assert.False(pool.TryTake(new Resources(Tokens: Tokens(("disk", 1)))));
        Assert.True(pool.TryTake(new Resources(Tokens: Tokens(("licence", 1)))));
        Assert.True(pool.TryTake(new Resources()));
    }

    [Fact]
    public void Pool_TokenItDoesNotName_HasNoLimit() =>
        Assert.True(new ResourcePool(Capacity).TryTake(new Resources(Tokens: Tokens(("unheard-of", 100)))));

    [Fact]
    public void Pool_StepThatAsksForNoCore_TakesOne()
    {
        var pool = new ResourcePool(new Resources(1));
        Assert.True(pool.TryTake(new Resources(0)));
        Assert.False(pool.HasFreeCpus);
    }

    private static Resources Small(Random random) => new(
        random.Next(1, 4), random.Next(3) * 300, random.Next(3), null, Tokens(("licence", random.Next(3)), ("disk", random.Next(2))));

    private static bool Fits(List<Resources> running) =>
        running.Sum(claim => claim.Cpus) <= Capacity.Cpus && running.Sum(claim => claim.MemoryBytes) <= Capacity.MemoryBytes &&
        running.Sum(claim => claim.Gpus) <= Capacity.Gpus &&
        Capacity.Tokens!.All(token => running.Sum(claim => claim.Tokens![token.Key]) <= token.Value);

    private static Dictionary<string, int> Tokens(params (string Name, int Count)[] tokens) =>
        tokens.ToDictionary(token => token.Name, token => token.Count);
}
