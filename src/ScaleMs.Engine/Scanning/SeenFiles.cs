using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Scanning;

/// <summary>What files were found to hold in this run: one answer per path. Thread-safe.</summary>
/// <param name="expected">About how many there will be.</param>
internal sealed class SeenFiles(int expected)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FileFactRecord?> _facts = new(expected, StringComparer.Ordinal);

    /// <summary>Whether a path was looked at; its fact is null where nothing was there.</summary>
    public bool TryFind(string path, out FileFactRecord? fact)
    {
        lock (_gate)
        {
            return _facts.TryGetValue(path, out fact);
        }
    }

    /// <summary>Takes an answer, unless another thread was first.</summary>
    /// <returns>The one that counts.</returns>
    public FileFactRecord? FirstOf(string path, FileFactRecord? fact)
    {
        lock (_gate)
        {
            return _facts.TryAdd(path, fact) ? fact : _facts[path];
        }
    }

    public void Replace(string path, FileFactRecord? fact)
    {
        lock (_gate)
        {
            _facts[path] = fact;
        }
    }

    public void Forget(string path)
    {
        lock (_gate)
        {
            _facts.Remove(path);
        }
    }

    public void ForgetAll()
    {
        lock (_gate)
        {
            _facts.Clear();
        }
    }
}
