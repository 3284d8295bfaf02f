using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Blobs;

/// <content>Files that become blobs by a rename.</content>
internal sealed partial class BlobStore
{
    /// <summary>As <see cref="Put"/>, by moving the file where it lies on the store's file system; then no byte is written.</summary>
    /// <remarks>Whenever its process is killed, the bytes are under the file's name or under that of the blob.</remarks>
    public StoredBlob Adopt(string file, ContentIdentity? identity) =>
        DiskErrors.Guard("store", file, () => TryTakeItself(file, identity ?? ContentIdentity.Bytes)) ?? Put(file, identity);

    /// <summary>Hashes the file where it lies, which may take hours and be killed, and moves it then if nobody wrote to it.</summary>
    private StoredBlob? TryTakeItself(string file, ContentIdentity identity)
    {
        // A file with another name, such as a link to an input, is somebody else's too.
        if (OperatingSystem.IsWindows() || StatReader.HasOtherNames(file) || disk.Stat(file, followLinks: false)?.Device != disk.Stat(layout.Incoming)?.Device)
        {
            return null;
        }

        File.SetUnixFileMode(file, FileCopier.ReadOnly);
        var before = disk.Stat(file, followLinks: false);
        var blob = Read(file, identity);
        return disk.Stat(file, followLinks: false) == before && TryPlaceItself(file, blob, before) ? blob : null;
    }

    /// <returns>False when it cannot be moved, or was written to after the last look: what was hashed is not what is there.</returns>
    private bool TryPlaceItself(string file, in StoredBlob blob, FileStat? seen)
    {
        var target = PathOf(blob.Bytes);
        lock (_placing)
        {
            // Whoever left the same bytes may give them up before anybody knows that they are needed here too: the file stays where it is.
            if (IsReliedOn(blob))
            {
                return true;
            }

            if (!Renaming.TryInto(file, target))
            {
                return false;
            }

            if (RenamedFile.Look(target, seen) is not { } placed)
            {
                Renaming.TryReplace(target, file);
                return false;
            }

            Placed(blob.Bytes, placed);
            return true;
        }
    }
}
