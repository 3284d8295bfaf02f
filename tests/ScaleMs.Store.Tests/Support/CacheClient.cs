using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Cache;

namespace ScaleMs.Store.Tests.Support;

/// <summary>A workspace of its own with a shared cache behind its store, and what the user was told.</summary>
public sealed class CacheClient : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly List<string> _notices = [];

    public CacheClient(string cache, bool isReadOnly = false, Func<CacheOptions, CacheOptions>? change = null)
    {
        var options = new CacheOptions { Place = cache, IsReadOnly = isReadOnly };
        options = change?.Invoke(options) ?? options;
        Store = new CachedFileStore(_workspace.Open(), options, notice =>
        {
            lock (_notices)
            {
                _notices.Add(notice);
            }
        });
    }

    public CachedFileStore Store { get; }

    public IReadOnlyList<string> Notices
    {
        get
        {
            lock (_notices)
            {
                // That closing takes a while on a busy machine is told, and is no trouble.
                return [.. _notices.Where(notice => !notice.Contains("still being copied", StringComparison.Ordinal))];
            }
        }
    }

    /// <summary>Whether this client is to make a key's result.</summary>
    public bool Leads(int key) => Store.Leads!.Take(Sample.Key(key)) is null;

    public string? LeaderOf(int key) => Store.Leads!.LeadersOf([Sample.Key(key)]).GetValueOrDefault(Sample.Key(key));

    public void GiveUp(int key) => Store.Leads!.GiveUp(Sample.Key(key));

    /// <summary>Makes a result with one file per text and commits it, as a run does.</summary>
    public ActionResult Make(int key, params string[] texts)
    {
        var outputs = texts.Select((text, i) => Output(Store.Put(_workspace.Write($"made-{i}", text)).Bytes, i, text.Length)).ToList();
        var result = Sample.Result(key, step: key) with { Outputs = outputs, Log = default };
        Store.Commit(result);
        return result;
    }

    /// <summary>Makes results and waits until they are in the cache: only closing does.</summary>
    public static void MakeIn(string cache, int key, params string[] texts)
    {
        using var client = new CacheClient(cache);
        client.Make(key, texts);
        client.Close();
        Assert.Empty(client.Notices);
    }

    /// <summary>The files of a key as this workspace gets them; null when it must make them.</summary>
    public string? Take(int key)
    {
        var outputs = Store.FindResult(Sample.Key(key)).Result?.Outputs;
        return outputs?.All(output => Store.Bring(output.Bytes)) == true ? string.Join('|', outputs.Select(output => TextOf(output.Bytes))) : null;
    }

    public void Close() => Store.Dispose();

    public void Dispose()
    {
        Store.Dispose();
        _workspace.Dispose();
    }

    private string TextOf(Digest digest)
    {
        var text = File.ReadAllText(Store.BlobPath(digest));
        Assert.Equal(Digest.OfText(text), digest);
        return text;
    }

    private static OutputRecord Output(Digest bytes, int i, long length) => new(ArtifactPath.Parse($"out/{i}.txt"), bytes, length, bytes, "bytes", 1);
}
