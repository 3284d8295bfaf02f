using System.Runtime.InteropServices;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>Who of several clients of a cache makes what.</summary>
public sealed class LeadTests : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(61);

    private readonly CacheFolder _cache = new();
    private readonly List<CacheClient> _clients = [];

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _cache.Dispose();
    }

    [Fact]
    public void Take_OfAKeyThatAnotherLeads_SaysWho()
    {
        var (first, second) = (Client(), Client());
        Assert.True(first.Leads(1));
        Assert.True(first.Leads(1));
        Assert.False(second.Leads(1));
        Assert.Equal($"process {Environment.ProcessId} on host '{Environment.MachineName}'", second.LeaderOf(1));
        Assert.True(second.Leads(2));
        Assert.Null(second.LeaderOf(3));
    }

    [Fact]
    public async Task Take_ByManyAtOnce_IsGivenToOne()
    {
        var clients = Enumerable.Range(0, 6).Select(_ => Client()).ToList();
        for (var key = 0; key < 20; key++)
        {
            Assert.Equal(1, await LeadersAsync(clients, key));
        }
    }

    [Fact]
    public async Task Take_ByManyAtOnceOfWhatWasLost_IsGivenToOne()
    {
        var clients = Enumerable.Range(0, 6).Select(_ => Client()).ToList();
        for (var key = 0; key < 20; key++)
        {
            Assert.True(Client().Leads(key));
            _cache.Age(Silence, _cache.Leads(key));
            Assert.Equal(1, await LeadersAsync(clients, key));
            Assert.Equal(2, _cache.Leads(key).Length);
        }
    }

    [Fact]
    public void Commit_OfWhatIsLed_EndsTheLeadWhenTheRecordIsThere()
    {
        var (first, second) = (Client(), Client());
        first.Leads(1);
        first.Make(1, "text");
        Assert.True(SpinWait.SpinUntil(() => second.LeaderOf(1) is null, TimeSpan.FromSeconds(20)));
        Assert.Equal("text", second.Take(1));
        Assert.Empty(_cache.Leads(1));
    }

    [Fact]
    public void GiveUp_LetsTheNextOneLead()
    {
        var (first, second) = (Client(), Client());
        first.Leads(1);
        second.GiveUp(1);
        Assert.False(second.Leads(1));
        first.GiveUp(1);
        Assert.True(second.Leads(1));
        Assert.False(first.Leads(1));
    }

    [Fact]
    public void Close_EndsAllLeads()
    {
        var (first, second) = (Client(), Client());
        first.Leads(1);
        first.Close();
        Assert.Null(second.LeaderOf(1));
        Assert.Empty(_cache.Leads(1));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(400)]
    public void Take_ByAClientWhoseClockIsFarOff_GoesByTheFileServersClock(int days)
    {
        var clock = new FakeClock();
        clock.Advance(DateTimeOffset.UtcNow - clock.GetUtcNow() + TimeSpan.FromDays(days));
        var (first, second) = (Client(), Client(options => options with { Clock = clock, BootId = "another machine" }));
        first.Leads(1);
        Assert.False(second.Leads(1));
        _cache.Age(Silence, _cache.Leads(1));
        Assert.True(second.Leads(1));
        Assert.False(Client().Leads(1));
    }

    [Fact]
    public void Take_OfAProcessThatIsDead_NeedNotWait()
    {
        Client().Leads(1);
        var lead = Assert.Single(_cache.Leads(1));
        File.WriteAllBytes(lead, (LeaseNote.Of(Options()) with { StartTicks = 1 }).Encode());
        var second = Client();
        Assert.Null(second.LeaderOf(1));
        Assert.True(second.Leads(1));
    }

    [Fact]
    public void Take_OfALeadThatCannotBeRead_WaitsUntilItIsOld()
    {
        Client().Leads(1);
        File.WriteAllText(Assert.Single(_cache.Leads(1)), "{");
        var second = Client();
        Assert.False(second.Leads(1));
        _cache.Age(Silence, _cache.Leads(1));
        Assert.True(second.Leads(1));
    }

    [Fact]
    public void Refresh_KeepsALead()
    {
        using var leads = Leads();
        leads.Take(Sample.Key(1));
        _cache.Age(Silence, _cache.Leads(1));
        leads.Refresh();
        Assert.False(Client().Leads(1));
    }

    [Fact]
    public void Refresh_OfMany_StampsOneFile()
    {
        using var leads = Leads();
        var keys = Enumerable.Range(0, 100).ToList();
        keys.ForEach(key => Assert.Null(leads.Take(Sample.Key(key))));
        var file = Assert.Single(keys.SelectMany(_cache.Leads).Select(path => StatReader.Read(path, followLinks: false)!.Value.Inode).Distinct());
        _cache.Age(Silence, _cache.Leads(7));
        Assert.Equal(file, StatReader.Read(_cache.Leads(8)[0], followLinks: false)!.Value.Inode);
        leads.Refresh();
        var other = Client();
        Assert.All(keys, key => Assert.False(other.Leads(key)));
        keys.ForEach(key => leads.GiveUp(Sample.Key(key)));
        Assert.All(keys, key => Assert.True(other.Leads(key)));
    }

    [Fact]
    public void Refresh_WhenWhatIsStampedIsGone_StampsEachLeadThatIsThere()
    {
        using var leads = Leads();
        leads.Take(Sample.Key(1));
        leads.Take(Sample.Key(2));
        Directory.GetFiles(new CacheLayout(_cache.Root).Incoming).ToList().ForEach(File.Delete);
        File.Delete(Assert.Single(_cache.Leads(2)));
        _cache.Age(Silence, _cache.Leads(1));
        leads.Refresh();
        _cache.Age(Silence, _cache.Leads(1));
        leads.Refresh();
        var other = Client();
        Assert.False(other.Leads(1));
        Assert.True(other.Leads(2));
        leads.GiveUp(Sample.Key(2));
        Assert.Single(_cache.Leads(2));
        Assert.Null(leads.Take(Sample.Key(3)));
        Assert.False(other.Leads(3));
    }

    [Theory]
    [InlineData(Errno.NotPermitted)]
    [InlineData(Errno.NotSupported)]
    [InlineData(Errno.CrossDevice)]
    [InlineData(Errno.NoSystemCall)]
    [InlineData(Errno.TooManyLinks)]
    public void Take_WhereAFileHasOneName_MakesAFileForEachLead(int refusal)
    {
        using var leads = Leads((_, _) => Refuse(refusal));
        var other = Client();
        Assert.True(other.Leads(3));
        Assert.Equal([true, true, false], new[] { 1, 2, 3 }.Select(key => leads.Take(Sample.Key(key)) is null));
        Assert.NotEqual(InodeOf(1), InodeOf(2));
        _cache.Age(Silence, _cache.Leads(1));
        _cache.Age(Silence, _cache.Leads(2));
        leads.Refresh();
        Assert.False(other.Leads(1));
        Assert.False(other.Leads(2));
        leads.GiveUp(Sample.Key(1));
        Assert.True(other.Leads(1));
        Assert.False(other.Leads(2));
        leads.Dispose();
        Assert.True(other.Leads(2));
    }

    [Fact]
    public void Take_OfMoreThanAFileHasNames_GoesOnWithAnother()
    {
        const int most = 3;
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        using var leads = Leads((file, name) => (names[file] = names.GetValueOrDefault(file) + 1) > most ? Refuse(Errno.TooManyLinks) : Libc.Link(file, name));
        var keys = Enumerable.Range(0, 8).ToList();
        keys.ForEach(key => Assert.Null(leads.Take(Sample.Key(key))));
        Assert.Equal(most, keys.Select(InodeOf).Distinct().Count());
        _cache.Age(Silence, [.. keys.SelectMany(_cache.Leads)]);
        leads.Refresh();
        var other = Client();
        Assert.All(keys, key => Assert.False(other.Leads(key)));
        leads.Dispose();
        Assert.All(keys, key => Assert.Empty(_cache.Leads(key)));
        Assert.Empty(Directory.GetFiles(new CacheLayout(_cache.Root).Incoming));
    }

    [Fact]
    public void GiveUp_OfWhatAnotherLeadsSinceFromTheFirst_LeavesIt()
    {
        using var leads = Leads();
        leads.Take(Sample.Key(1));
        File.Delete(Assert.Single(_cache.Leads(1)));
        var other = Client();
        Assert.True(other.Leads(1));
        leads.GiveUp(Sample.Key(1));
        Assert.Single(_cache.Leads(1));
        Assert.False(Client().Leads(1));
    }

    /// <summary>As a client of a former version leaves them: a file for each lead, which it stamps itself.</summary>
    [Fact]
    public void Take_BesideAClientOfAFormerVersion_GoesByTheSameFiles()
    {
        CacheClient.MakeIn(_cache.Root, 99, "text");
        var layout = new CacheLayout(_cache.Root);
        var (mine, former) = (Client(), layout.Lead(Sample.Key(1), 0));
        Assert.True(mine.Leads(2));
        File.WriteAllBytes(former, LeaseNote.Of(Options()).Encode());
        Assert.False(mine.Leads(1));
        _cache.Age(Silence, former);
        Assert.True(mine.Leads(1));
        // What that client looks at in a lead of ours: its text, and the stamp that stands at its own name.
        var lead = _cache.Leads(2)[0];
        Assert.Equal(LeaseNote.Of(Options()), LeaseNote.TryRead(lead));
        Assert.InRange(DateTime.UtcNow - File.GetLastWriteTimeUtc(lead), TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void GiveUp_OfALeadThatWasLost_LeavesTheOneWhoTookOver()
    {
        var (first, second, third) = (Client(), Client(), Client());
        first.Leads(1);
        _cache.Age(Silence, _cache.Leads(1));
        Assert.True(second.Leads(1));
        first.GiveUp(1);
        Assert.False(third.Leads(1));
        second.GiveUp(1);
        Assert.Empty(_cache.Leads(1));
        Assert.True(third.Leads(1));
    }

    /// <summary>What renews all that a client leads must not renew what it gave up: nobody would make that as long as the client lives.</summary>
    [Fact]
    public void GiveUp_OfALeadThatWasLostToOneThatDiedSince_IsLostThoughTheClientLeadsOthers()
    {
        using var leads = Leads();
        leads.Take(Sample.Key(1));
        leads.Take(Sample.Key(2));
        _cache.Age(Silence, _cache.Leads(1));
        Assert.True(Client().Leads(1));
        leads.Refresh();
        leads.GiveUp(Sample.Key(1));
        Assert.Equal(2, _cache.Leads(1).Length);
        _cache.Age(Silence, _cache.Leads(1));
        leads.Refresh();
        Assert.False(Client().Leads(2));
        Assert.Null(leads.Take(Sample.Key(1)));
        leads.GiveUp(Sample.Key(1));
        Assert.Empty(_cache.Leads(1));
    }

    [Fact]
    public void GiveUp_ThatTheDiskRefuses_IsMadeUpForLater()
    {
        using var leads = Leads();
        leads.Take(Sample.Key(1));
        leads.Take(Sample.Key(2));
        var folder = new CacheLayout(_cache.Root).Leads;
        Directory.Move(folder, folder + "-away");
        Directory.CreateSymbolicLink(folder, folder);
        leads.GiveUp(Sample.Key(1));
        Directory.GetFiles(new CacheLayout(_cache.Root).Incoming).ToList().ForEach(File.Delete);
        leads.Refresh();
        File.Delete(folder);
        Directory.Move(folder + "-away", folder);
        Assert.Single(_cache.Leads(1));
        leads.Refresh();
        Assert.Empty(_cache.Leads(1));
        leads.GiveUp(Sample.Key(2));
        Assert.Empty(_cache.Leads(2));
    }

    [Fact]
    public void Commit_OfALeadThatWasLost_TheFirstRecordWins()
    {
        var (first, second) = (Client(), Client());
        first.Leads(1);
        _cache.Age(Silence, _cache.Leads(1));
        second.Leads(1);
        second.Make(1, "second");
        second.Close();
        var record = File.ReadAllBytes(_cache.Record(1));
        first.Make(1, "first");
        first.Close();
        Assert.Equal(record, File.ReadAllBytes(_cache.Record(1)));
        Assert.Equal("second", Client().Take(1));
        Assert.Empty(_cache.Leads(1));
    }

    [Fact]
    public void Open_ToReadOnly_KnowsOfNoOthers()
    {
        Client().Leads(1);
        using var reader = new CacheClient(_cache.Root, isReadOnly: true);
        Assert.Null(reader.Store.Leads);
    }

    [Fact]
    public void Take_WhereLeadsCannotBeWritten_LeadsAndIsToldOnce()
    {
        CacheClient.MakeIn(_cache.Root, 1, "text");
        File.WriteAllText(Path.Combine(_cache.Root, "leads"), "no folder");
        var client = Client();
        Assert.True(client.Leads(2));
        Assert.True(client.Leads(3));
        Assert.Contains("cannot write to the shared cache", Assert.Single(client.Notices), StringComparison.Ordinal);
        Assert.Equal("text", client.Take(1));
    }

    [Fact]
    public void Collect_RemovesLeadsThatAreLongDeadAndNoOthers()
    {
        Client().Leads(1);
        Client().Leads(2);
        _cache.Age(TimeSpan.FromHours(2), _cache.Leads(1));
        new CacheCollector(Options()).Collect(new CacheLimits());
        Assert.Empty(_cache.Leads(1));
        Assert.Single(_cache.Leads(2));
    }

    private static async Task<int> LeadersAsync(List<CacheClient> clients, int key)
    {
        using var start = new Barrier(clients.Count);
        var leads = await Task.WhenAll(clients.Select(client => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return client.Leads(key);
            },
            TaskCreationOptions.LongRunning)));
        return leads.Count(isLeading => isLeading);
    }

    private CacheOptions Options() => new() { Place = _cache.Root };

    private CacheLeads Leads(Func<string, string, int>? link = null)
    {
        CacheClient.MakeIn(_cache.Root, 99, "text");
        var layout = new CacheLayout(_cache.Root);
        return new CacheLeads(layout, new CacheFolders(layout), Options(), new LeadStamp(layout, Options()) { Link = link ?? Libc.Link });
    }

    private ulong InodeOf(int key) => StatReader.Read(Assert.Single(_cache.Leads(key)), followLinks: false)!.Value.Inode;

    private static int Refuse(int errno)
    {
        Marshal.SetLastPInvokeError(errno);
        return -1;
    }

    private CacheClient Client(Func<CacheOptions, CacheOptions>? change = null)
    {
        _clients.Add(new CacheClient(_cache.Root, change: change));
        return _clients[^1];
    }
}
