using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Cache;

/// <summary>Chooses what goes: a pure function of what is there, the limits, and the time before which an entry must have been used last.</summary>
internal sealed class SweepPlan
{
    private readonly Dictionary<Digest, int> _names = [];
    private readonly IReadOnlyDictionary<Digest, SurveyedBlob> _blobs;
    private readonly List<SweptResult> _results = [];
    private readonly List<SurveyedRecord> _records = [];
    private readonly long _boundaryNs;
    private long _bytes;

    public SweepPlan(IReadOnlyCollection<SurveyedRecord> records, IReadOnlyDictionary<Digest, SurveyedBlob> blobs, CacheLimits limits, long nowNs, long boundaryNs)
    {
        (_blobs, _boundaryNs) = (blobs, boundaryNs);
        BytesBefore = records.Sum(record => record.Stat.Length) + blobs.Values.Sum(blob => blob.Stat.Length);
        foreach (var blob in records.SelectMany(record => record.Blobs))
        {
            _names[blob] = _names.GetValueOrDefault(blob) + 1;
        }

        _bytes = BytesBefore - blobs.Where(blob => !_names.ContainsKey(blob.Key)).Sum(blob => Freed(blob.Key));
        Choose(records, limits, nowNs);
    }

    /// <summary>All that is there.</summary>
    public long BytesBefore { get; }

    /// <summary>The records to remove.</summary>
    public IReadOnlyList<SurveyedRecord> Records => _records;

    /// <summary>Those of them that are results.</summary>
    public IReadOnlyList<SweptResult> Results => _results;

    /// <summary>The blobs that would go.</summary>
    public IEnumerable<SurveyedBlob> Blobs => _blobs.Where(blob => _names.GetValueOrDefault(blob.Key) == 0 && blob.Value.Stat.ModifiedNs < _boundaryNs).Select(blob => blob.Value);

    private void Choose(IReadOnlyCollection<SurveyedRecord> records, CacheLimits limits, long nowNs)
    {
        var oldestNs = limits.LongestUnused is { } longest ? nowNs - Nanoseconds.Of(longest) : long.MinValue;
        foreach (var record in records.Where(record => record.Stat.ModifiedNs < _boundaryNs).OrderBy(record => record.Stat.ModifiedNs).ThenBy(record => record.Path, StringComparer.Ordinal))
        {
            if (record.IsDamaged || record.Stat.ModifiedNs < oldestNs || _bytes > limits.MostBytes)
            {
                Remove(record);
            }
        }
    }

    private void Remove(SurveyedRecord record)
    {
        var freed = record.Stat.Length;
        foreach (var blob in record.Blobs)
        {
            freed += --_names[blob] == 0 ? Freed(blob) : 0;
        }

        _bytes -= freed;
        _records.Add(record);
        if (!record.IsDamaged)
        {
            _results.Add(new SweptResult(record.Key, record.Step, Nanoseconds.ToTime(record.Stat.ModifiedNs), freed, record.WallSeconds));
        }
    }

    /// <summary>What a blob that nothing names gives back.</summary>
    private long Freed(Digest digest) => _blobs.TryGetValue(digest, out var blob) && blob.Stat.ModifiedNs < _boundaryNs ? blob.Stat.Length : 0;
}
