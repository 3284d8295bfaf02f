using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Scanning;

/// <summary>Writes down every look at a path until the run changes something: what a run that changes nothing was decided on, without exception.</summary>
/// <remarks>The store's own files are left out, but for texts that are read: for the others the journal speaks. Thread-safe.</remarks>
/// <param name="inner">The disk.</param>
/// <param name="workspace">The workspace, absolute.</param>
/// <param name="storeDirectory">The store's directory, absolute.</param>
internal sealed class WitnessDisk(IDisk inner, string workspace, string storeDirectory) : IDisk
{
    private readonly Lock _gate = new();
    private readonly string _kept = Path.Combine(storeDirectory, "kept") + "/";
    private LookLog? _looks = new(workspace);

    /// <summary>The looks, each path once, relative where it is in the workspace, and without its bytes; null when the run changed something, or saw something change.</summary>
    public IEnumerable<Look>? Looks()
    {
        lock (_gate)
        {
            return _looks?.EachOnce();
        }
    }

    /// <summary>The run will change something: what it looked at is not asked for any more.</summary>
    public void GiveUp() => Forget();

    public FileStat? Stat(string path, bool followLinks = true)
    {
        var found = inner.Stat(path, followLinks);
        if (_looks is not null && !IsTheStores(path))
        {
            Witness(path, followLinks, found);
        }

        return found;
    }

    // The probe of the clock is the store's own file, and no decision is made on what stands in it.
    public long Now(string directory) => inner.Now(directory);

    public long NowBeside(string file) => inner.NowBeside(file);

    public bool HasFineStamps(string directory) => inner.HasFineStamps(directory);

    public (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities) => inner.Hash(path, identities);

    /// <remarks>A text of the store's is read where the definition goes on from it: that it is there, and the same, decides too.</remarks>
    public string ReadText(string path)
    {
        if (_looks is not null && IsTheStores(path))
        {
            Witness(path, followsLinks: true, inner.Stat(path));
        }

        return inner.ReadText(path);
    }

    public string ReadTail(string path, int bytes) => inner.ReadTail(path, bytes);

    // Asked only of directories that a file was just moved out of.
    public bool IsEmptyDirectory(string path) => inner.IsEmptyDirectory(path);

    /// <summary>What a directory holds is no look that a null run takes again.</summary>
    public IReadOnlyList<DiskEntry> List(string path)
    {
        Forget();
        return inner.List(path);
    }

    public string RealPath(string path) => inner.RealPath(path);

    public IEnumerable<string> ReadLines(string path) => inner.ReadLines(path);

    public bool IsInMemory(string directory) => inner.IsInMemory(directory);

    public byte[] ReadBytes(string path) => inner.ReadBytes(path);

    public IReadOnlyList<string> FilesBelow(string directory) => inner.FilesBelow(directory);

    public bool Holds(string path, Core.Secrets.SecretPatterns patterns) => inner.Holds(path, patterns);

    public void WritePrivate(string path, byte[] bytes)
    {
        Forget();
        inner.WritePrivate(path, bytes);
    }

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

    private void Witness(string path, bool followsLinks, in FileStat? found)
    {
        lock (_gate)
        {
            _looks?.Add(path, followsLinks, found);
        }
    }

    private void Forget()
    {
        lock (_gate)
        {
            _looks = null;
        }
    }
}
