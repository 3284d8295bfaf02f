using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Scanning;

/// <summary>Writes down every look at a path until the run changes something: what a run that changes nothing was decided on, without exception.</summary>
/// <remarks>The store's own files are left out: for them the journal speaks. Thread-safe.</remarks>
/// <param name="inner">The disk.</param>
/// <param name="storeDirectory">The store's directory, absolute.</param>
internal sealed class WitnessDisk(IDisk inner, string storeDirectory) : IDisk
{
    private readonly Lock _gate = new();
    private readonly string _kept = Path.Combine(storeDirectory, "kept") + "/";
    private List<(string Path, bool FollowsLinks, FileStat? Found)>? _looks = [];

    /// <summary>The looks, each path once; null when the run changed something, or saw something change.</summary>
    public Dictionary<(string Path, bool FollowsLinks), FileStat?>? Looks()
    {
        lock (_gate)
        {
            if (_looks is null)
            {
                return null;
            }

            var seen = new Dictionary<(string, bool), FileStat?>(_looks.Count);
            foreach (var (path, followsLinks, found) in _looks)
            {
                if (!seen.TryAdd((path, followsLinks), found) && seen[(path, followsLinks)] != found)
                {
                    return null;
                }
            }

            return seen;
        }
    }

    public FileStat? Stat(string path, bool followLinks = true)
    {
        var found = inner.Stat(path, followLinks);
        if (_looks is not null && !IsTheStores(path))
        {
            lock (_gate)
            {
                _looks?.Add((path, followLinks, found));
            }
        }

        return found;
    }

    // The probe of the clock is the store's own file, and no decision is made on what stands in it.
    public long Now(string directory) => inner.Now(directory);

    public bool HasFineStamps(string directory) => inner.HasFineStamps(directory);

    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities) => inner.Hash(path, identities);

    public string ReadText(string path) => inner.ReadText(path);

    public string ReadTail(string path, int bytes) => inner.ReadTail(path, bytes);

    // Asked only of directories that a file was just moved out of.
    public bool IsEmptyDirectory(string path) => inner.IsEmptyDirectory(path);

    public string RealPath(string path) => inner.RealPath(path);

    public void WriteText(string path, string text)
    {
        Forget();
        inner.WriteText(path, text);
    }

    public void Copy(string source, string target, bool executable)
    {
        Forget();
        inner.Copy(source, target, executable);
    }

    public FileStat? CopyAndLook(string source, string target, bool executable)
    {
        Forget();
        return inner.CopyAndLook(source, target, executable);
    }

    public IReadOnlyList<string>? TryRecycle(string former, string target, RecycleOrder order)
    {
        Forget();
        return inner.TryRecycle(former, target, order);
    }

    public bool TryCopyOver(string spare, string source, string target, bool executable)
    {
        Forget();
        return inner.TryCopyOver(spare, source, target, executable);
    }

    public void EndInterruptedCopy(string target)
    {
        Forget();
        inner.EndInterruptedCopy(target);
    }

    public bool TryClone(string source, string target, bool executable)
    {
        Forget();
        return inner.TryClone(source, target, executable);
    }

    public void Link(string target, string link)
    {
        Forget();
        inner.Link(target, link);
    }

    public void Move(string source, string target)
    {
        Forget();
        inner.Move(source, target);
    }

    public void CreateDirectory(string path)
    {
        Forget();
        inner.CreateDirectory(path);
    }

    public void Delete(string path)
    {
        Forget();
        inner.Delete(path);
    }

    /// <summary>What was taken out of the workspace is the user's own, though it lies in the store's directory.</summary>
    private bool IsTheStores(string path) => path.StartsWith(storeDirectory, StringComparison.Ordinal)
        && (path.Length == storeDirectory.Length || path[storeDirectory.Length] == '/') && !path.StartsWith(_kept, StringComparison.Ordinal);

    private void Forget()
    {
        lock (_gate)
        {
            _looks = null;
        }
    }
}
