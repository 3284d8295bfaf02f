namespace ScaleMs.Engine.Tests.Cache;

/// <summary>Where the cache of a test is, and what becomes of its leads.</summary>
public abstract class CachePlace : IDisposable
{
    /// <summary>On a busy machine a lead must not be lost, or refreshed, but where a test says so.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    public const string Token = "0123456789abcdef-token";

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("scalems-place-");

    /// <summary>What clients are given.</summary>
    public abstract string Address { get; }

    /// <summary>The folder that holds it in the end.</summary>
    public string Root => Path.Combine(_parent.FullName, "cache");

    public string[] Leads => Directory.Exists(Path.Combine(Root, "leads")) ? Directory.GetFiles(Path.Combine(Root, "leads")) : [];

    /// <summary>Whose runs may follow one that is killed.</summary>
    public abstract IReadOnlyList<string> Followers { get; }

    /// <summary>Lets all leads be lost, as if nothing had been heard of their clients for long.</summary>
    public abstract void LoseLeads();

    /// <summary>Lets so much time go by that what dead clients led is lost.</summary>
    public abstract void ForgetTheDead();

    public virtual void Dispose()
    {
        _parent.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
