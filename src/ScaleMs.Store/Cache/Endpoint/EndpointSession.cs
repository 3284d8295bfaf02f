using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache.Endpoint;

/// <summary>A cache behind an endpoint.</summary>
/// <remarks>Bytes that were seen there are believed to be there until they cannot be brought; what an endpoint with limits has removed meanwhile is made again.</remarks>
internal sealed class EndpointSession : ICacheSession
{
    private readonly EndpointClient _client;
    private readonly EndpointLeads? _leads;
    private readonly Action<string> _notice;
    private readonly ConcurrentDictionary<Digest, long> _seen = [];
    private readonly ConcurrentDictionary<Digest, bool> _wrong = [];
    private readonly ConcurrentDictionary<ActionKey, bool> _damaged = [];
    private readonly Lazy<DirectoryInfo> _read = new(() => Directory.CreateTempSubdirectory("scalems-cache-"));

    /// <param name="options">Which cache.</param>
    /// <param name="notice">Takes what the user should know.</param>
    public EndpointSession(CacheOptions options, Action<string> notice)
    {
        (_notice, IsReadOnly) = (notice, options.IsReadOnly);
        _client = new EndpointClient(options.Place, options.Token);
        _leads = IsReadOnly ? null : new EndpointLeads(_client, LeaseNote.Of(options).ToString(), options.Clock);
    }

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <inheritdoc/>
    public ILeads? Leads => _leads;

    /// <inheritdoc/>
    public ActionResult? Find(ActionKey key, Func<Digest, bool> isOwn)
    {
        var result = Read(key).Result;
        return result is not null && Missing(result.Outputs.Where(output => !isOwn(output.Bytes))).Count == 0 ? result : null;
    }

    /// <inheritdoc/>
    public bool Has(Digest digest)
    {
        if (digest.IsNone || _wrong.ContainsKey(digest))
        {
            return false;
        }

        return _seen.ContainsKey(digest) || _client.Ask(HttpMethod.Head, PathTo(digest)).Code == HttpStatusCode.OK;
    }

    /// <inheritdoc/>
    /// <remarks>Brought to a folder for temporary files, since nothing can be read where it lies.</remarks>
    public string? PathOf(Digest digest)
    {
        var file = Path.Combine(_read.Value.FullName, digest.Hex);
        return File.Exists(file) || (Has(digest) && ReceiveWhole(digest, file)) ? file : null;
    }

    /// <inheritdoc/>
    public bool Bring(Digest digest, FileStore own)
    {
        if (!Has(digest))
        {
            return false;
        }

        var isThere = false;
        if (own.TryReceive(digest, incoming => isThere = Receive(digest, incoming)))
        {
            return true;
        }

        _wrong[digest] = true;
        if (isThere)
        {
            _notice($"the shared cache gave other bytes than those of blob {digest.Brief}; they count as missing");
        }

        return false;
    }

    /// <inheritdoc/>
    public void Offer(ActionResult result, FileStore own)
    {
        var (former, found) = Read(result.Key);
        // What was imported gives way to what was made.
        var isBetter = former?.ImportedFrom is not null && result.ImportedFrom is null;
        if (former is not null && !isBetter && Missing(former.Outputs).Count == 0)
        {
            return;
        }

        if (Missing(result.Outputs).All(blob => Send(blob, own)))
        {
            _ = result.Log.IsNone || Has(result.Log) || Send(result.Log, own);
            Place(result, found);
        }
    }

    public void Dispose()
    {
        _leads?.Dispose();
        _client.Dispose();
        if (_read.IsValueCreated)
        {
            _read.Value.Delete(recursive: true);
        }
    }

    private static string PathTo(Digest digest) => EndpointProtocol.Blobs + digest.Hex;

    private static string PathTo(ActionKey key) => EndpointProtocol.Records + key.Digest.Hex;

    /// <summary>A record that is damaged, or whose bytes are gone, serves nobody: it is replaced, if it is still that one.</summary>
    private void Place(ActionResult result, byte[]? found)
    {
        var content = RecordFile.Write(result);
        var condition = found is null ? ("If-None-Match", "*") : ("If-Match", $"\"{Digest.Of(found).Hex}\"");
        var answer = _client.Ask(HttpMethod.Put, PathTo(result.Key), content, [condition, (EndpointProtocol.DigestHeader, Digest.Of(content).Hex)]);
        Refuse(answer.Code, "its record");
    }

    private (ActionResult? Result, byte[]? Found) Read(ActionKey key)
    {
        var answer = _client.Ask(HttpMethod.Get, PathTo(key));
        if (answer.Code != HttpStatusCode.OK)
        {
            return default;
        }

        var (result, damage) = RecordFile.Parse(answer.Body, key.Digest.Hex);
        if (damage is not null && _damaged.TryAdd(key, true))
        {
            _notice($"a record in the shared cache counts as missing: '{key.Brief}': {damage}");
        }

        return (result, answer.Body);
    }

    private List<Digest> Missing(IEnumerable<OutputRecord> outputs)
    {
        var missing = new List<Digest>();
        var unseen = new List<OutputRecord>();
        foreach (var output in outputs.DistinctBy(output => output.Bytes))
        {
            if (output.Bytes.IsNone || _wrong.ContainsKey(output.Bytes))
            {
                missing.Add(output.Bytes);
            }
            else if (!_seen.TryGetValue(output.Bytes, out var length) || length != output.Length)
            {
                unseen.Add(output);
            }
        }

        unseen.Chunk(EndpointProtocol.MostLines).ToList().ForEach(some => Look(some, missing));
        return missing;
    }

    private void Look(OutputRecord[] outputs, List<Digest> missing)
    {
        var asked = string.Concat(outputs.Select(output => string.Create(CultureInfo.InvariantCulture, $"{output.Bytes.Hex} {output.Length}\n")));
        var told = _client.Ask(HttpMethod.Post, EndpointProtocol.MissingBlobs, Encoding.ASCII.GetBytes(asked)).Lines.ToHashSet(StringComparer.Ordinal);
        foreach (var output in outputs)
        {
            if (told.Contains(output.Bytes.Hex))
            {
                missing.Add(output.Bytes);
            }
            else
            {
                _seen[output.Bytes] = output.Length;
            }
        }
    }

    /// <summary>Under its name when all of it is there: who asks at the same time, or after it broke off, finds no part of it.</summary>
    private bool ReceiveWhole(Digest digest, string file)
    {
        var incoming = $"{file}.{Guid.NewGuid():N}";
        try
        {
            var isThere = Receive(digest, incoming);
            if (isThere)
            {
                File.Move(incoming, file, overwrite: true);
            }

            return isThere;
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    private bool Receive(Digest digest, string file) => _client.Receive(PathTo(digest), file, _seen.GetValueOrDefault(digest, long.MaxValue - 1));

    private bool Send(Digest digest, FileStore own)
    {
        if (!own.HasBlob(digest))
        {
            return false;
        }

        try
        {
            // What was found wrong there is replaced; the endpoint hashes what comes, so what is being written to gets nowhere.
            var code = _client.Send(PathTo(digest), own.BlobPath(digest), _wrong.ContainsKey(digest) ? [] : [("If-None-Match", "*")]);
            Refuse(code, $"blob {digest.Brief}");
            return code is HttpStatusCode.Created or HttpStatusCode.PreconditionFailed && Sent(digest);
        }
        catch (FileNotFoundException) when (!own.HasBlob(digest))
        {
            // Dropped or moved to its published place meanwhile, as its output's declaration asks.
            return false;
        }
    }

    private bool Sent(Digest digest)
    {
        _wrong.TryRemove(digest, out _);
        return true;
    }

    private void Refuse(HttpStatusCode code, string what)
    {
        if (code == HttpStatusCode.RequestEntityTooLarge)
        {
            _notice($"a result is not shared: the shared cache does not take {what}, which is too large for it");
        }
        else if (code == HttpStatusCode.InsufficientStorage)
        {
            throw new StoreException("the shared cache has no room, or cannot write");
        }
    }
}
