using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Cache;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.Cache;

/// <summary>Leads of a shared cache on file systems where a second name of a file is not seen to be one.</summary>
public sealed class LeadFallbackTests : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);
    private readonly CacheFolder _cache = new();

    public void Dispose() => _cache.Dispose();

    public static TheoryData<string> Disks => ["numbers that are never the same", "a link that is a copy", "a link that cannot be looked at", "a link that is not seen"];

    [Theory]
    [MemberData(nameof(Disks))]
    public void Take_WhereALinkIsNotSeenAsTheSameFile_MakesALeadOfItsOwn(string disk)
    {
        using var leads = Leads(disk);
        Assert.Null(leads.Take(Sample.Key(1)));
        Assert.Null(leads.Take(Sample.Key(2)));
        Assert.All([1, 2], key => Assert.False(StatReader.HasOtherNames(Assert.Single(_cache.Leads(key)))));
        using var other = Leads();
        Assert.NotNull(other.Take(Sample.Key(1)));
    }

    [Theory]
    [MemberData(nameof(Disks))]
    public void Refresh_OfLeadsOfTheirOwn_KeepsThemAndTheyAreFreeWhenTheyAreGivenUp(string disk)
    {
        using var leads = Leads(disk);
        leads.Take(Sample.Key(1));
        leads.Take(Sample.Key(2));
        _cache.Age(Silence, [.. _cache.Leads(1), .. _cache.Leads(2)]);
        leads.Refresh();
        using var other = Leads();
        Assert.NotNull(other.Take(Sample.Key(1)));
        leads.GiveUp(Sample.Key(1));
        Assert.Empty(_cache.Leads(1));
        Assert.Null(other.Take(Sample.Key(1)));
        Assert.NotNull(other.Take(Sample.Key(2)));
    }

    [Fact]
    public void GiveUp_WhereNumbersOfFilesChangedSince_FreesTheLeadAndLaterOnesAreFilesOfTheirOwn()
    {
        ulong forgotten = 0;
        using var leads = Leads(path => StatReader.Read(path, followLinks: false) is { } stat ? stat with { Inode = stat.Inode + forgotten } : null);
        leads.Take(Sample.Key(1));
        leads.Take(Sample.Key(2));
        Assert.True(StatReader.HasOtherNames(Assert.Single(_cache.Leads(1))));
        forgotten = 1_000_000;
        leads.GiveUp(Sample.Key(1));
        Assert.Empty(_cache.Leads(1));
        Assert.Null(leads.Take(Sample.Key(3)));
        Assert.False(StatReader.HasOtherNames(Assert.Single(_cache.Leads(3))));
    }

    /// <summary>Where another took over meanwhile, a number that changed is no proof of anything.</summary>
    [Fact]
    public void GiveUp_WhereNumbersOfFilesChanged_LeavesTheLeadOfAnother()
    {
        ulong forgotten = 0;
        using var leads = Leads(path => StatReader.Read(path, followLinks: false) is { } stat ? stat with { Inode = stat.Inode + forgotten } : null);
        leads.Take(Sample.Key(1));
        var lead = Assert.Single(_cache.Leads(1));
        File.Delete(lead);
        File.WriteAllBytes(lead, (LeaseNote.Of(Options()) with { Host = "another" }).Encode());
        forgotten = 1_000_000;
        leads.GiveUp(Sample.Key(1));
        Assert.Equal("another", LeaseNote.TryRead(Assert.Single(_cache.Leads(1)))!.Host);
    }

    private CacheOptions Options() => new() { Place = _cache.Root };

    private CacheLeads Leads(string disk)
    {
        ulong number = 0;
        return disk switch
        {
            "numbers that are never the same" => Leads(path => StatReader.Read(path, followLinks: false) is { } stat ? stat with { Inode = ++number } : null),
            "a link that is a copy" => Leads(link: (file, path) =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(file, path);
                return 0;
            }),
            "a link that cannot be looked at" => Leads(path => IsLink(path) ? throw new StoreException("stale file handle") : StatReader.Read(path, followLinks: false)),
            _ => Leads(path => IsLink(path) ? null : StatReader.Read(path, followLinks: false)),
        };
    }

    /// <summary>Whether it is a lead with another name; the file behind all leads keeps looking well.</summary>
    private static bool IsLink(string path) => path.Contains("/leads/", StringComparison.Ordinal) && File.Exists(path) && StatReader.HasOtherNames(path);

    private CacheLeads Leads(Func<string, FileStat?>? look = null, Func<string, string, int>? link = null)
    {
        CacheClient.MakeIn(_cache.Root, 99, "text");
        var layout = new CacheLayout(_cache.Root);
        var usual = new LeadStamp(layout, Options());
        return new CacheLeads(layout, new CacheFolders(layout), Options(), new LeadStamp(layout, Options()) { Link = link ?? Libc.Link, Look = look ?? usual.Look });
    }
}
