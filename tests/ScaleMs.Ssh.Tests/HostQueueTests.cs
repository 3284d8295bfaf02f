using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Who gets slots, and where.</summary>
public sealed class HostQueueTests
{
    private static readonly HashSet<int> Nowhere = [];

    [Fact]
    public async Task Slots_AreThoseOfTheHostWithMostFree()
    {
        var queue = Up(2, 4, 3);
        var given = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => Ask(queue)));
        Assert.Equal([1, 1, 2, 0, 1, 2, 0, 1, 2], given);
        Assert.False(Ask(queue).IsCompleted);
    }

    [Fact]
    public async Task Host_ThatIsAway_GetsNothing()
    {
        var queue = Up(1, 4);
        queue.SetUp(1, false);
        Assert.Equal(0, await Ask(queue));
        var waiting = Ask(queue);
        Assert.False(waiting.IsCompleted);
        queue.SetUp(1, true);
        Assert.Equal(1, await waiting);
    }

    [Fact]
    public async Task Attempt_OfManySlots_IsNotPassedOverForEver()
    {
        var queue = Up(2);
        await Ask(queue);
        var big = Ask(queue, 2);
        for (var i = 0; i < HostQueue.MostPassed; i++)
        {
            await Ask(queue);
            queue.Release(0, 1);
        }

        var small = Ask(queue);
        Assert.False(small.IsCompleted);
        queue.Release(0, 1);
        Assert.Equal(0, await big);
        Assert.False(small.IsCompleted);
        queue.Release(0, 2);
        Assert.Equal(0, await small);
    }

    [Fact]
    public async Task Attempt_ThatIsCancelled_WaitsNoLongerAndTakesNothing()
    {
        var queue = Up(1);
        await Ask(queue);
        using var stop = new CancellationTokenSource();
        var waiting = queue.AcquireAsync(1, Nowhere, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, queue.Waiting);
        queue.Release(0, 1);
        Assert.Equal(0, await Ask(queue));
    }

    [Fact]
    public async Task Host_ThatAnAttemptDoesNotWant_IsLeftOut()
    {
        var queue = Up(1, 8);
        Assert.Equal(0, await queue.AcquireAsync(1, new HashSet<int> { 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task Slots_OfAttemptsThatAreThereAlready_AreMissing()
    {
        var queue = Up(1);
        queue.Take(0, 2);
        queue.Release(0, 1);
        var waiting = Ask(queue);
        Assert.False(waiting.IsCompleted);
        queue.Release(0, 1);
        Assert.Equal(0, await waiting);
    }

    [Fact]
    public async Task Everybody_IsToldWhenThereIsNoHost()
    {
        var queue = Up(1);
        await Ask(queue);
        var waiting = Ask(queue);
        queue.Fail(() => new InvalidOperationException("none"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
    }

    private static HostQueue Up(params int[] slots)
    {
        var queue = new HostQueue(slots);
        for (var i = 0; i < slots.Length; i++)
        {
            queue.SetUp(i, true);
        }

        return queue;
    }

    private static Task<int> Ask(HostQueue queue, int slots = 1) => queue.AcquireAsync(slots, Nowhere, CancellationToken.None);
}
