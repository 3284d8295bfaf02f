using System.Diagnostics.CodeAnalysis;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>A record as a collection sees it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Stat">How it stood.</param>
/// <param name="Key">Its key; null when it is damaged.</param>
/// <param name="Step">The instance that made it; null when it is damaged.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="Blobs">What it names.</param>
internal sealed record SurveyedRecord(string Path, FileStat Stat, ActionKey? Key, StepId? Step, double WallSeconds, IReadOnlyList<Digest> Blobs)
{
    [MemberNotNullWhen(false, nameof(Key), nameof(Step))]
    public bool IsDamaged => Key is null || Step is null;
}

/// <summary>A blob as a collection sees it.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Stat">How it stood.</param>
internal readonly record struct SurveyedBlob(string Path, FileStat Stat);

/// <summary>Reads what is in a cache. Looking again costs only a stat for each record that stayed as it was.</summary>
/// <param name="layout">The cache.</param>
internal sealed class CacheSurvey(CacheLayout layout)
{
    private Dictionary<string, SurveyedRecord> _records = new(StringComparer.Ordinal);

    /// <summary>The records there are now.</summary>
    public IReadOnlyCollection<SurveyedRecord> Records()
    {
        var now = new Dictionary<string, SurveyedRecord>(StringComparer.Ordinal);
        foreach (var path in Files(layout.Records))
        {
            if (StatReader.Read(path, followLinks: false) is { } stat)
            {
                now[path] = _records.TryGetValue(path, out var known) && known.Stat == stat ? known : Read(path, stat);
            }
        }

        _records = now;
        return now.Values;
    }

    /// <summary>Every blob that a record names now.</summary>
    public HashSet<Digest> Named() => [.. Records().SelectMany(record => record.Blobs)];

    /// <summary>The blobs there are now.</summary>
    public Dictionary<Digest, SurveyedBlob> Blobs()
    {
        var blobs = new Dictionary<Digest, SurveyedBlob>();
        foreach (var path in Files(layout.Blobs))
        {
            if (DigestOf(path) is { } digest && StatReader.Read(path, followLinks: false) is { } stat)
            {
                blobs[digest] = new SurveyedBlob(path, stat);
            }
        }

        return blobs;
    }

    private static SurveyedRecord Read(string path, FileStat stat)
    {
        var (result, _) = RecordFile.Read(path);
        return result is null
            ? new SurveyedRecord(path, stat, null, null, 0, [])
            : new SurveyedRecord(path, stat, result.Key, result.Step, result.WallSeconds, [.. result.Outputs.Select(output => output.Bytes).Append(result.Log).Where(blob => !blob.IsNone).Distinct()]);
    }

    private static Digest? DigestOf(string path) =>
        Digest.TryParse($"sha256:{Path.GetFileName(Path.GetDirectoryName(path))}{Path.GetFileName(path)}", out var digest) ? digest : null;

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder, "??").SelectMany(fan => Directory.EnumerateFiles(fan))
        : [];
}
