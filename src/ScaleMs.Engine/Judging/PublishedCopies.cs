using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Publishing;
using ScaleMs.Engine.Scanning;

namespace ScaleMs.Engine.Judging;

/// <summary>Finds bytes that the store lacks where another output with the same bytes is published.</summary>
/// <remarks>The manifest is read when something is first looked for, on the thread that commits; after that it may be asked on any.</remarks>
internal sealed class PublishedCopies(IFileStore store, Scanner scanner)
{
    private readonly Lock _gate = new();
    private Dictionary<Digest, HashSet<ArtifactPath>>? _paths;

    /// <summary>Reads the manifest.</summary>
    public void Prepare()
    {
        lock (_gate)
        {
            if (_paths is null)
            {
                _paths = [];
                foreach (var entry in store.State.Published.Values)
                {
                    Add(_paths, entry.Path, entry.Bytes);
                }
            }
        }
    }

    /// <summary>These outputs are published now, or about to be: bytes that leave the store for such a path are found in one place or the other.</summary>
    public void Add(StepInstance step, ActionResult result)
    {
        lock (_gate)
        {
            if (_paths is null)
            {
                return;
            }

            foreach (var file in PublishedFile.Of(step, result).Where(file => !file.Record.IsAbsent))
            {
                Add(_paths, file.Path, file.Record.Bytes);
            }
        }
    }

    /// <summary>A published file that holds the bytes; null when there is none, or nobody prepared.</summary>
    public Scanned? Find(Digest digest, out string file)
    {
        List<ArtifactPath> paths;
        lock (_gate)
        {
            paths = _paths is not null && _paths.TryGetValue(digest, out var known) ? [.. known] : [];
        }

        foreach (var path in paths)
        {
            scanner.Recheck(path.Value);
            if (scanner.Look(path.Value, ContentIdentity.Bytes) is { } found && found.Bytes == digest)
            {
                file = scanner.Absolute(path.Value);
                return found;
            }
        }

        file = string.Empty;
        return null;
    }

    private static void Add(Dictionary<Digest, HashSet<ArtifactPath>> known, ArtifactPath path, Digest bytes)
    {
        if (!known.TryGetValue(bytes, out var paths))
        {
            known[bytes] = paths = [];
        }

        paths.Add(path);
    }
}
