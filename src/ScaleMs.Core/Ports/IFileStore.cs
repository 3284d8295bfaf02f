using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Ports;

/// <summary>The file store of a workspace: records and blobs. Opened by one writer at a time.</summary>
/// <remarks>Members may be called from several threads; records are committed in the order of the calls.</remarks>
public interface IFileStore : IDisposable
{
    /// <summary>The store's directory, absolute.</summary>
    string Directory { get; }

    /// <summary>The folded records. Read it only on the thread that commits, or while nothing is committed; but any thread may ask <see cref="StoreState.Files"/> for one fact.</summary>
    StoreState State { get; }

    /// <summary>Whether it is open for reading only: nothing may be committed or put.</summary>
    bool IsReadOnly => false;

    /// <summary>Whether records are looked up one by one because reading all takes longer than what is asked for is worth.</summary>
    bool IsLookedUp => false;

    /// <summary>Who makes what among the clients that this one shares results with; null when it shares with none.</summary>
    ILeads? Leads => null;

    /// <summary>Appends records to the journal and folds them into <see cref="State"/>.</summary>
    /// <param name="records">The records, in order.</param>
    /// <exception cref="StoreException">The journal could not take them; the state is as before.</exception>
    void Commit(params ReadOnlySpan<StoreRecord> records);

    /// <summary>Makes everything committed so far durable against loss of power: blobs first, then the journal.</summary>
    /// <exception cref="StoreException">The disk refused.</exception>
    void Sync();

    /// <summary>Finds the result that is recorded under a key, here or in a shared cache. Call it only on the thread that commits.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The result and where it comes from.</returns>
    FoundResult FindResult(ActionKey key) => new(State.Results.GetValueOrDefault(key), null);

    /// <summary>Whether <see cref="Bring"/> seems possible. Copies nothing and reads no bytes, so a plan may ask.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>Whether the bytes are in the store or in a place that it can take them from.</returns>
    bool CanBring(Digest digest) => HasBlob(digest);

    /// <summary>Sees to it that the bytes of a digest are in the store, wherever it must take them from.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>Whether <see cref="BlobPath"/> may be read; if not, what gave hope of them is known to be wrong now.</returns>
    bool Bring(Digest digest) => HasBlob(digest);

    /// <summary>Where the bytes of a digest may be read as they are: what a store for reading cannot bring is read where it lies.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>An absolute path, whose bytes the reader checks; null when there are none.</returns>
    string? PathToRead(Digest digest) => Bring(digest) ? BlobPath(digest) : null;

    /// <summary>Whether the bytes of a digest are in the store and not in doubt.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>Whether <see cref="BlobPath"/> may be read.</returns>
    bool HasBlob(Digest digest);

    /// <summary>Where the bytes of a digest are, or would be.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <returns>An absolute path.</returns>
    string BlobPath(Digest digest);

    /// <summary>Takes a file's bytes into the store; the same content twice is stored once.</summary>
    /// <param name="file">The file's absolute path; it stays where it is.</param>
    /// <param name="identity">A digester that sees the bytes in the same pass; null for none.</param>
    /// <returns>The byte digest, the length, and what the digester found (the byte digest without one).</returns>
    /// <exception cref="StoreException">The file could not be read or the store could not be written.</exception>
    StoredBlob Put(string file, Identity.ContentIdentity? identity = null);

    /// <summary>Takes a file itself into the store where it can be moved there: as <see cref="Put"/>, without a copy. It need not stay where it is.</summary>
    /// <param name="file">The file's absolute path.</param>
    /// <param name="identity">A digester that sees the bytes in the same pass; null for none.</param>
    /// <returns>As <see cref="Put"/>.</returns>
    /// <exception cref="StoreException">The file could not be read or the store could not be written.</exception>
    StoredBlob Adopt(string file, Identity.ContentIdentity? identity = null) => Put(file, identity);

    /// <summary>Moves the bytes of a digest out of the store to where they are kept from now on.</summary>
    /// <param name="digest">The byte digest.</param>
    /// <param name="target">The file; replaced when it is there; its directory is made.</param>
    /// <param name="executable">Whether it may be executed.</param>
    /// <returns>The stat tuple under which the file holds these bytes; null when the store cannot move them, and nothing was done.</returns>
    /// <exception cref="StoreException">The disk refused.</exception>
    FileStat? Release(Digest digest, string target, bool executable) => null;

    /// <summary>Forgets the bytes of a digest; records that name it stay.</summary>
    /// <param name="digest">The byte digest.</param>
    void Drop(Digest digest)
    {
    }
}

/// <summary>A recorded result and where it comes from.</summary>
/// <param name="Result">The result; null when none is recorded.</param>
/// <param name="Cache">The shared cache that it was taken from in this run; null for the workspace's own.</param>
public readonly record struct FoundResult(ActionResult? Result, string? Cache);

/// <summary>What the store knows of bytes it took.</summary>
/// <param name="Bytes">The byte digest.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Identity">The identity.</param>
public readonly record struct StoredBlob(Digest Bytes, long Length, Digest Identity);

/// <summary>The store could not do what was asked: disk full, no permission, a format it does not know.</summary>
/// <param name="message">What happened, where and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Another process is writing to the store.</summary>
/// <param name="message">Names the other: host, pid, since when, command.</param>
public sealed class StoreInUseException(string message) : Exception(message);
