using System.Collections.Concurrent;
using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Scanning;

/// <summary>Tells what files hold: by the stat cache where the stat tuple is unchanged, else by reading them.</summary>
/// <remarks>
/// Content decides; the stat tuple is a shortcut. A file whose times are as fresh as its own file system's clock might be changed
/// again without its tuple changing, so its fact holds for this run only. Thread-safe; one answer per path and epoch.
/// </remarks>
/// <param name="disk">The disk.</param>
/// <param name="store">Where facts are kept.</param>
/// <param name="workspace">What paths are relative to, absolute.</param>
/// <param name="isRehashed">Whether every file is read.</param>
/// <param name="supposed">Files that are to count as changed.</param>
/// <param name="expected">About how many files will be looked at: a table that grows is made anew again and again.</param>
internal sealed class Scanner(IDisk disk, IFileStore store, string workspace, bool isRehashed = false, IReadOnlyList<string>? supposed = null, int expected = 0)
{
    private readonly SeenFiles _seen = new(expected);
    private readonly ConcurrentQueue<FileFactRecord> _learnt = new();
    private readonly StampClocks _clocks = new(disk, store.Directory, store.IsReadOnly);
    private readonly HashSet<string>? _supposed = supposed is { Count: > 0 } ? new(supposed, StringComparer.Ordinal) : null;

    private readonly IReadOnlyDictionary<string, FileFactRecord> _known = store.State.Files;

    /// <summary>Whether the stat tuple of some file that was read proves nothing later.</summary>
    public bool HasRacyFacts { get; private set; }

    /// <summary>Whether a file was found to be another one later in the run, so that not all were told the same of it.</summary>
    public bool HasSeenChange { get; private set; }

    /// <summary>What a path was found to hold; null where it was not looked at, or nothing was there.</summary>
    public FileFactRecord? FactOf(string path) => _seen.TryFind(path, out var seen) ? seen : null;

    /// <summary>The byte digest of a path that was looked at; none where it was not, or is no file.</summary>
    public Digest DigestOf(string path) => _seen.TryFind(path, out var seen) && seen is not null ? seen.Bytes : default;

    /// <summary>Takes note of a file that was just written by us, so that the next run need not read it.</summary>
    /// <param name="path">The path, as records name it.</param>
    /// <param name="stat">How it looks; null when that is not known.</param>
    /// <param name="bytes">What was written.</param>
    /// <param name="isMoved">Whether it was only given another name, so that its bytes are as old as its modification time.</param>
    public void Wrote(string path, FileStat? stat, Digest bytes, bool isMoved)
    {
        Forget(path);
        if (stat is { } known && !_clocks.IsRacy(Absolute(path), isMoved ? known with { ChangedNs = known.ModifiedNs } : known))
        {
            Learn(new FileFactRecord(path, known, bytes, []));
        }
    }

    /// <summary>Forgets what was seen: a plain task may have changed any file.</summary>
    public void OpenEpoch() => _seen.ForgetAll();

    /// <summary>Forgets one path: it was just written.</summary>
    public void Forget(string path) => _seen.Forget(path);

    /// <summary>Forgets one path if its file is another one by now; a file that was only touched is read again and is the same.</summary>
    public void Recheck(string path)
    {
        if (_seen.TryFind(path, out var seen) && disk.Stat(Absolute(path)) != seen?.Stat)
        {
            HasSeenChange = true;
            Forget(path);
        }
    }

    /// <summary>Looks at a file.</summary>
    /// <param name="path">Relative to the workspace with <c>/</c>, or absolute.</param>
    /// <param name="identity">The identity wanted besides the bytes.</param>
    /// <returns>What it holds; null when nothing is there; a fact without digest when it is no regular file.</returns>
    public Scanned? Look(string path, ContentIdentity identity)
    {
        var fact = _seen.TryFind(path, out var known) ? known : _seen.FirstOf(path, Read(path, identity)?.Fact);
        var seen = fact is null ? null : new Scanned(fact);
        return seen is null || seen.IdentityOf(identity) is not null || !seen.Stat.IsFile ? seen : LookAgain(path, identity);
    }

    private Scanned? LookAgain(string path, ContentIdentity identity)
    {
        var seen = Read(path, identity);
        HasSeenChange |= FactOf(path)?.Bytes != seen?.Bytes;
        _seen.Replace(path, seen?.Fact);
        return seen;
    }

    /// <summary>Whether a file is to count as changed, whatever it holds.</summary>
    public bool IsSupposed(string path) => _supposed is not null && _supposed.Contains(path);

    /// <summary>Facts learnt since the last call, for the journal.</summary>
    public FileFactRecord[] TakeLearnt()
    {
        var learnt = new List<FileFactRecord>();
        while (_learnt.TryDequeue(out var fact))
        {
            learnt.Add(fact);
        }

        return [.. learnt];
    }

    /// <summary>The absolute path of a path as records name it.</summary>
    public string Absolute(string path) => Path.IsPathRooted(path) ? path : Path.Combine(workspace, path);

    private Scanned? Read(string path, ContentIdentity identity) => IsSupposed(path) ? ReadFile(path, identity)?.Changed() : ReadFile(path, identity);

    private Scanned? ReadFile(string path, ContentIdentity identity)
    {
        var absolute = Absolute(path);
        if (disk.Stat(absolute) is not { } stat)
        {
            return null;
        }

        if (!stat.IsFile)
        {
            return new Scanned(new FileFactRecord(path, stat, default, []));
        }

        return !isRehashed && _known.TryGetValue(path, out var known) && known.Stat == stat && new Scanned(known) is var cached && cached.IdentityOf(identity) is not null
            ? cached
            : Hash(path, absolute, stat, identity);
    }

    private Scanned Hash(string path, string absolute, FileStat stat, ContentIdentity identity)
    {
        for (var tries = 0; ; tries++)
        {
            // Told before the read: a change in the same tick of the clock as the last one must not pass for none after a long read.
            var isRacy = _clocks.IsRacy(absolute, stat);
            var (bytes, identities) = disk.Hash(absolute, identity.IsBytes ? [] : [identity]);
            var after = disk.Stat(absolute);
            IReadOnlyList<KeyValuePair<string, Digest>> named = identity.IsBytes ? [] : [KeyValuePair.Create(Scanned.NameOf(identity), identities[0])];
            if (after == stat || tries == 3)
            {
                var fact = new FileFactRecord(path, stat, bytes, named);
                if (!isRacy && after == stat)
                {
                    Learn(fact);
                }
                else
                {
                    HasRacyFacts = true;
                }

                return new Scanned(fact);
            }

            // It changed while it was read; after a few tries the caller's check after the action tells that it keeps changing.
            stat = after ?? throw new StoreException($"'{absolute}' disappeared while it was read.");
        }
    }

    /// <summary>A file that was read although its fact was known, and holds what the fact says, is nothing new.</summary>
    private void Learn(FileFactRecord fact)
    {
        if (!_known.TryGetValue(fact.Path, out var known) || known.Stat != fact.Stat || known.Bytes != fact.Bytes || !fact.Identities.All(known.Identities.Contains))
        {
            _learnt.Enqueue(fact);
        }
    }
}

/// <summary>What a file was found to hold.</summary>
/// <param name="Fact">The fact, often the very one that the store holds; without digest when it is no regular file.</param>
internal sealed record Scanned(FileFactRecord Fact)
{
    /// <summary>Its stat tuple when it was read.</summary>
    public FileStat Stat => Fact.Stat;

    /// <summary>Its byte digest; none when it is no regular file.</summary>
    public Digest Bytes => Fact.Bytes;

    public static string NameOf(ContentIdentity identity) => string.Create(CultureInfo.InvariantCulture, $"{identity.Name}/{identity.Version}");

    /// <summary>What it would hold if it were changed: nothing that any record knows.</summary>
    public Scanned Changed() => Stat.IsFile
        ? new Scanned(Fact with { Bytes = Other(Bytes), Identities = [.. Fact.Identities.Select(identity => KeyValuePair.Create(identity.Key, Other(identity.Value)))] })
        : this;

    private static Digest Other(Digest digest) => Digest.OfText($"supposed to differ from {digest}");

    public Digest? IdentityOf(ContentIdentity identity)
    {
        if (identity.IsBytes)
        {
            return Bytes.IsNone ? null : Bytes;
        }

        var name = NameOf(identity);
        foreach (var (key, digest) in Fact.Identities)
        {
            if (key == name)
            {
                return digest;
            }
        }

        return null;
    }
}
