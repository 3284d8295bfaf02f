using ScaleMs.Launchers.Amqp.Endpoint;

namespace ScaleMs.Amqp.Tests;

/// <summary>Who makes what, of the clients of an endpoint.</summary>
public sealed class LeadTableTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly string[] Keys = [.. Enumerable.Range(0, 20).Select(i => new string((char)('a' + (i % 6)), 60) + i.ToString("d4", null))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leads");
    private readonly HandClock _clock = new();
    private LeadTable _table;
    private int _clients;

    public LeadTableTests() => _table = Table();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Take_OfWhatAnotherLeads_SaysWho()
    {
        var (a, b) = (Client("a"), Client("b"));
        Assert.Null(Take(0, a));
        Assert.Null(Take(0, a));
        Assert.Null(Take(1, b));
        Assert.Equal("b", Take(1, a));
        Assert.Equal("a", Take(0, b));
        Assert.Equal([(Keys[0], "a")], _table.LedByOthers(Keys, b));
    }

    [Fact]
    public void Take_ByWhoSaidNotWhoItIs_IsNotGranted()
    {
        Assert.False(_table.Take(Keys[0], Id(0)).IsKnown);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Renew_OfAClient_KeepsAllThatItLeads()
    {
        var (a, b) = (Client("a"), Client("b"));
        Assert.All(Enumerable.Range(0, Keys.Length), key => Assert.Null(Take(key, a)));
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(0.9 * Lease);
            _table.Renew(a, "a");
        }

        Assert.Equal(Keys.Length, _table.LedByOthers(Keys, b).Count);
    }

    [Fact]
    public async Task Take_ByManyAtOnceOfWhatWasLost_IsGivenToOne()
    {
        var dead = Client("dead");
        Assert.All(Enumerable.Range(0, Keys.Length), key => Assert.Null(Take(key, dead)));
        _clock.Advance(1.1 * Lease);
        Assert.Empty(_table.LedByOthers(Keys, "nobody"));
        var clients = Enumerable.Range(0, 8).Select(i => Client($"c{i}")).ToList();
        using var start = new Barrier(clients.Count);
        var granted = await Task.WhenAll(clients.Select(client => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Keys.Count(key => _table.Take(key, client).Leader is null);
            },
            TaskCreationOptions.LongRunning)));
        Assert.Equal(Keys.Length, granted.Sum());
    }

    [Fact]
    public void Release_OfALeadThatWasLost_LeavesTheOneWhoTookOver()
    {
        var (a, b) = (Client("a"), Client("b"));
        Take(0, a);
        _clock.Advance(1.1 * Lease);
        Assert.Null(Take(0, b));
        _table.Renew(a, "a");
        _table.Release([Keys[0]], a);
        _table.Leave(a);
        Assert.Equal("b", Take(0, Client("c")));
        _table.Leave(b);
        Assert.Null(Take(0, Client("d")));
    }

    [Fact]
    public void Leave_OfAClient_EndsAllItsLeads()
    {
        var a = Client("a");
        Assert.All(Enumerable.Range(0, Keys.Length), key => Assert.Null(Take(key, a)));
        Assert.Equal(Keys.Length, _folder.GetFiles().Length);
        _table.Leave(a);
        Assert.Empty(_table.LedByOthers(Keys, "nobody"));
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Restart_OfTheEndpoint_LeavesLeadsWithThoseWhoHadThem()
    {
        var (a, b) = (Client("a"), Client("b"));
        Take(0, a);
        Take(1, b);
        File.WriteAllText(Path.Combine(_folder.FullName, Keys[2]), "torn");
        _table = Table();
        Assert.Equal([(Keys[0], "a")], _table.LedByOthers(Keys, b));
        Assert.Null(Take(2, a));
        _clock.Advance(1.1 * Lease);
        Assert.Empty(_table.LedByOthers(Keys, "nobody"));
    }

    [Fact]
    public void Clients_SilentForLong_AreForgottenWithWhatTheyLed()
    {
        Take(0, Client("a"));
        _clock.Advance(100 * Lease);
        Client("b");
        Assert.Empty(_folder.GetFiles());
    }

    private static string Id(int i) => i.ToString("x32", null);

    private string? Take(int key, string id)
    {
        var (isKnown, leader) = _table.Take(Keys[key], id);
        Assert.True(isKnown);
        return leader;
    }

    private string Client(string who)
    {
        var id = Id(++_clients);
        _table.Renew(id, who);
        return id;
    }

    private LeadTable Table()
    {
        var table = new LeadTable(new LeadFiles(_folder.FullName, notice => Assert.Fail(notice)), Lease, _clock);
        table.TakeUp();
        return table;
    }

    private sealed class HandClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
