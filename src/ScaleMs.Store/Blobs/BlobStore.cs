using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store.Blobs;

/// <summary>The bytes. Owns <c>blobs/</c> and <c>damaged/</c>; knows nothing of records.</summary>
/// <remarks>
/// A blob is served only while its stat tuple is the one under which its bytes were right; else it is hashed again, and moved aside when
/// it is wrong. A tuple that a racing edit could share (<see cref="StampGrain"/>) is not kept, so such a blob is hashed once more later.
/// Thread-safe.
/// </remarks>
/// <param name="layout">Where the blobs are.</param>
/// <param name="ledger">What is known of them.</param>
/// <param name="disk">The disk.</param>
/// <param name="claim">Tells every reader of the journal, at once, that this process relies on a blob it found.</param>
/// <param name="atPoint">Told the points at which a kill would hurt; null for nobody.</param>
internal sealed partial class BlobStore(StoreLayout layout, BlobLedger ledger, IDisk disk, Action<BlobFact> claim, Action<string>? atPoint = null)
{
    private readonly Lock _placing = new();
    private readonly StampGrain _grain = new(disk, layout.Incoming);
    private readonly HashSet<Digest> _ours = [];
    private int _verified;
    private bool _isSwept;

    /// <summary>How many blobs were hashed again because their stat tuple was not known.</summary>
    public int Verified => _verified;

    public string PathOf(Digest digest) => layout.Blob(digest);

    public bool Has(Digest digest) => Find(digest) is not null;

    public StoredBlob Put(string file, ContentIdentity? identity) => Bring(file, incoming => Take(file, incoming, identity ?? ContentIdentity.Bytes));

    /// <summary>Moves a blob out to a path; null when it is not there, or not on the same file system.</summary>
    public FileStat? Release(Digest digest, string target, bool executable)
    {
        lock (_placing)
        {
            var path = PathOf(digest);
            return !Has(digest) ? null : DiskErrors.Guard("move the blob to", target, () => Move(digest, path, target, executable));
        }
    }

    /// <summary>Forgets a blob; nothing there is no error.</summary>
    public void Drop(Digest digest)
    {
        lock (_placing)
        {
            ledger.Forget(digest);
            TemporaryName.TryDelete(PathOf(digest));
        }
    }

    /// <summary>How a blob looks under whose name the right bytes are; null when there is none.</summary>
    private FileStat? Find(Digest digest) =>
        !digest.IsNone && disk.Stat(PathOf(digest), followLinks: false) is { } stat && (ledger.Find(digest)?.Matches(stat) == true || Verify(digest)) ? stat : null;

    private FileStat? Move(Digest digest, string path, string target, bool executable)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.SetUnixFileMode(path, FileCopier.ModeOf(executable));
        var before = disk.Stat(path, followLinks: false);
        ledger.Forget(digest);
        if (!Renaming.TryReplace(path, target))
        {
            // Another file system: the blob stays, and is looked at again because its mode has changed.
            File.SetUnixFileMode(path, FileCopier.ReadOnly);
            return null;
        }

        return RenamedFile.Look(target, before);
    }

    private StoredBlob Bring(string file, Func<string, StoredBlob> take)
    {
        var incoming = Path.Combine(layout.Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            Sweep();
            var blob = take(incoming);
            if (!Place(incoming, blob))
            {
                File.Delete(incoming);
            }

            return blob;
        }
        catch (Exception cause) when (cause is StoreException || DiskErrors.IsDiskError(cause))
        {
            TemporaryName.TryDelete(incoming);
            throw DiskErrors.Of("store", file, cause);
        }
    }

    /// <summary>Takes a file from outside that should hold the bytes of a digest; other bytes are not kept.</summary>
    /// <returns>Whether the bytes were right and are here now.</returns>
    /// <exception cref="IOException">The file could not be read, or the store not be written.</exception>
    public bool TryTake(string file, Digest expected) => TryTake(expected, incoming => Take(file, incoming, ContentIdentity.Bytes));

    /// <summary>Takes what somebody writes into a new file, if it is the bytes of a digest; nobody else knows that file.</summary>
    public bool TryReceive(Digest expected, Action<string> write) => TryTake(expected, incoming =>
    {
        write(incoming);
        using (var file = ReadHandle.Open(incoming))
        {
            FileCopier.SetMode(file, FileCopier.ReadOnly);
        }

        return Read(incoming, ContentIdentity.Bytes);
    });

    private bool TryTake(Digest expected, Func<string, StoredBlob> take)
    {
        var incoming = Path.Combine(layout.Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            Sweep();
            var blob = take(incoming);
            if (blob.Bytes == expected)
            {
                Place(incoming, blob);
            }

            return blob.Bytes == expected;
        }
        finally
        {
            TemporaryName.TryDelete(incoming);
        }
    }

    /// <summary>Flushes every blob that may not be on the disk, and the folders that name them.</summary>
    /// <exception cref="StoreException">The disk refused: what it has of them nobody knows any more.</exception>
    public void Sync()
    {
        var paths = ledger.TakeUnflushed().Select(PathOf).ToList();
        if (paths.Count > 0)
        {
            SideBySide.Each(paths, path => Flush(path, Durably.File));
            SideBySide.Each([.. paths.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal), layout.Blobs], path => Flush(path, Durably.Folder));
        }
    }

    private static void Flush(string path, Action<string> flush)
    {
        try
        {
            flush(path);
        }
        catch (FileNotFoundException)
        {
            // Deleted meanwhile, by hand or by gc: its producer runs again when its bytes are asked for.
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            throw DiskErrors.Of("flush", path, cause);
        }
    }

    /// <summary>Copies and hashes in one pass: what is hashed is what is stored, also when the file is being written to.</summary>
    internal static StoredBlob Take(string file, string incoming, ContentIdentity identity)
    {
        using var pass = new ContentPass([identity]);
        using (var source = ReadHandle.Open(file))
        using (var copy = NewHandle.MakeNew(incoming))
        {
            ReadInto(pass, source, copy);
            FileCopier.SetMode(copy, FileCopier.ReadOnly);
        }

        var (bytes, identities) = pass.Finish();
        return new StoredBlob(bytes, pass.Length, identities[0]);
    }

    private static StoredBlob Read(string file, ContentIdentity identity)
    {
        using var pass = new ContentPass([identity]);
        using (var source = ReadHandle.Open(file))
        {
            pass.Read(source);
        }

        var (bytes, identities) = pass.Finish();
        return new StoredBlob(bytes, pass.Length, identities[0]);
    }

    private static void ReadInto(ContentPass pass, SafeFileHandle source, SafeFileHandle copy)
    {
        if (FileCopier.TryClone(source, copy))
        {
            pass.Read(copy);
        }
        else
        {
            pass.Read(source, copy);
        }
    }

    /// <returns>False when the bytes were there already, so that the file stays where it is.</returns>
    private bool Place(string incoming, in StoredBlob blob)
    {
        var target = PathOf(blob.Bytes);
        lock (_placing)
        {
            if (IsReliedOn(blob))
            {
                return false;
            }

            Renaming.TryInto(incoming, target);
            Placed(blob.Bytes, disk.Stat(target, followLinks: false));
            return true;
        }
    }

    private void Placed(Digest digest, FileStat? stat)
    {
        _ours.Add(digest);
        atPoint?.Invoke(CrashPoint.BlobPlaced);
        ledger.Wrote(digest);
        Remember(digest, stat);
    }

    private bool IsReliedOn(in StoredBlob blob) => IsThere(blob) && (_ours.Contains(blob.Bytes) || TakeOver(blob));

    private bool IsThere(in StoredBlob blob) => Find(blob.Bytes)?.Length == blob.Length;

    /// <summary>Relies on a blob that an earlier run left; no record may name it yet, so a collector could be about to remove it.</summary>
    /// <returns>False when it is gone, or when nothing of it can be told: then the caller puts its own copy there.</returns>
    private bool TakeOver(in StoredBlob blob)
    {
        using (BlobGate.Enter(layout.Gate))
        {
            if (!IsThere(blob) || ledger.Find(blob.Bytes) is not { } fact)
            {
                return false;
            }

            claim(fact);
        }

        _ours.Add(blob.Bytes);
        return true;
    }

    private void Remember(Digest digest, FileStat? stat)
    {
        if (stat is { } known && !_grain.IsRacy(known))
        {
            ledger.Know(BlobFact.Of(digest, known));
        }
    }

    /// <summary>Hashes a blob whose stat tuple says nothing, and keeps the tuple or moves the blob aside.</summary>
    private bool Verify(Digest digest)
    {
        Interlocked.Increment(ref _verified);
        var before = disk.Stat(PathOf(digest), followLinks: false);
        if (before is not { IsFile: true } || !HoldsBytes(digest))
        {
            MoveAside(digest, before);
            return false;
        }

        // Only a tuple that held during the whole pass stands for what was read.
        if (disk.Stat(PathOf(digest), followLinks: false) != before)
        {
            return false;
        }

        Remember(digest, before);
        return true;
    }

    private bool HoldsBytes(Digest digest)
    {
        try
        {
            return disk.Hash(PathOf(digest), []).Bytes == digest;
        }
        catch (StoreException)
        {
            // Unreadable bytes are bytes that are not there: the producer runs again. They go aside with the wrong ones.
            return false;
        }
    }

    private void MoveAside(Digest digest, FileStat? seen)
    {
        lock (_placing)
        {
            if (disk.Stat(PathOf(digest), followLinks: false) != seen)
            {
                // Another thread put the right bytes there meanwhile.
                return;
            }

            ledger.Forget(digest);
            TryMove(PathOf(digest), Path.Combine(layout.Damaged, $"{digest.Hex}-{Guid.NewGuid():N}"));
        }
    }

    private static void TryMove(string source, string target)
    {
        try
        {
            Mover.Move(source, target);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            // On a read-only disk it stays; it is not served all the same.
        }
    }

    // Once per process, at its first write: a run with nothing to do need not look.
    private void Sweep()
    {
        lock (_placing)
        {
            if (_isSwept)
            {
                return;
            }

            foreach (var left in Directory.EnumerateFiles(layout.Incoming))
            {
                TemporaryName.TryDelete(left);
            }

            _isSwept = true;
        }
    }
}
