using ScaleMs.Core.Model;
using ScaleMs.Core.Scheduling;
using Xunit;

namespace ScaleMs.Core.Tests.Scheduling;

/// <summary>Tokens that several queues give away.</summary>
public sealed class SharedTokensTests
{
    private readonly TokenPool _tokens = new(ReadyQueueTests.Tokens(("licence", 2)));

    [Fact]
    public void Token_TakenInOneQueue_IsGoneInTheOther()
    {
        var (one, other) = (Queue(), Queue());
        one.Add(1, Licences(2), 0);
        other.Add(2, Licences(1), 0);
        other.Add(3, Licences(0), 0);
        var taken = one.Take()!;
        Assert.Equal(3, other.Take()!.Item);
        Assert.Null(other.Take());
        one.Return(taken);
        Assert.Equal(2, other.Take()!.Item);
    }

    [Fact]
    public void Token_ThatAQueueHasOfItsOwn_IsNotShared()
    {
        var (one, own) = (Queue(), new ReadyQueue(new Resources(100, Tokens: ReadyQueueTests.Tokens(("licence", 1))), _tokens));
        one.Add(1, Licences(2), 0);
        own.Add(2, Licences(1), 0);
        own.Add(3, Licences(1), 0);
        Assert.NotNull(one.Take());
        Assert.Equal(2, own.Take()!.Item);
        Assert.Null(own.Take());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Step_ThatNeedsAllOfWhatAnotherQueueTakesOneByOne_IsStarted(int wide)
    {
        var (many, few) = (Queue(), Queue());
        for (var item = 0; item < 1000; item++)
        {
            many.Add(item, Licences(1), 5);
        }

        Enumerable.Range(0, wide).ToList().ForEach(item => few.Add(item, Licences(2), 0));
        var starts = RunAll(many, few);
        Assert.Equal(1000 + wide, starts.Count);
        Assert.InRange(starts.IndexOf(few), 1, ReadyQueue.MostElsewhere + 2);
    }

    [Fact]
    public void Queues_ThatBothHoldTokens_DoNotWaitForEachOther()
    {
        var (one, two, third) = (Queue(), Queue(), Queue());
        for (var item = 0; item < 100; item++)
        {
            third.Add(item, Licences(1), 0);
        }

        one.Add(1, Licences(2), 0);
        two.Add(2, Licences(2), 0);
        Assert.Equal(102, RunAll(third, one, two).Count);
    }

    /// <summary>Starts all that can be started, in each queue by turns, then ends the oldest.</summary>
    private List<ReadyQueue> RunAll(params ReadyQueue[] queues)
    {
        var starts = new List<ReadyQueue>();
        var running = new Queue<(ReadyQueue Queue, Admission Admission)>();
        while (true)
        {
            foreach (var queue in queues)
            {
                while (queue.Take() is { } admission)
                {
                    starts.Add(queue);
                    running.Enqueue((queue, admission));
                }
            }

            if (!running.TryDequeue(out var ended))
            {
                return starts;
            }

            ended.Queue.Return(ended.Admission);
        }
    }

    private ReadyQueue Queue() => new(new Resources(100), _tokens);

    private static Resources Licences(int count) => new(Tokens: ReadyQueueTests.Tokens(("licence", count)));
}
