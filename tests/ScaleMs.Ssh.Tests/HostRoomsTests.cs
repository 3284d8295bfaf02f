using ScaleMs.Launchers.Ssh;

namespace ScaleMs.Ssh.Tests;

/// <summary>Folders that stand ready for attempts.</summary>
public sealed class HostRoomsTests
{
    private readonly HostRooms _rooms = new();
    private readonly List<IReadOnlyList<string>> _made = [];

    [Fact]
    public async Task Rooms_ForAttemptsThatWait_AreMadeTogether()
    {
        var taken = new List<string>();
        for (var waiting = 3; waiting >= 0; waiting--)
        {
            taken.Add(await _rooms.TakeAsync(waiting, MakeAsync));
        }

        Assert.Equal(4, Assert.Single(_made).Count);
        Assert.Equal(_made[0].Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
        Assert.Empty(_rooms.TakeAll());
    }

    [Fact]
    public async Task Rooms_OfManyWhoWait_AreSixteenAtMost()
    {
        await _rooms.TakeAsync(10_000, MakeAsync);
        Assert.Equal(16, Assert.Single(_made).Count);
        Assert.Equal(_made[0].Skip(1), _rooms.TakeAll());
    }

    [Fact]
    public async Task Room_ForAttemptsAtTheSameTime_IsEachOnesOwn()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _rooms.TakeAsync(9, MakeAsync))));
        Assert.Equal(100, taken.Distinct().Count());
    }

    private Task MakeAsync(IReadOnlyList<string> rooms)
    {
        lock (_made)
        {
            _made.Add(rooms);
        }

        return Task.CompletedTask;
    }
}
