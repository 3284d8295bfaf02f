using System.Security.Cryptography;
using ScaleMs.Launchers.Amqp.Blobs;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>Records by action key: the first one stays, unless who replaces it says what it replaces. What is in them is the clients' matter.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="directory">Where they are.</param>
internal sealed class RecordShelf(string directory)
{
    private readonly Lock _gate = new();

    internal static string DigestOf(ReadOnlySpan<byte> record) => Convert.ToHexStringLower(SHA256.HashData(record));

    /// <summary>A record that is there; this is a use of it.</summary>
    internal byte[]? Read(string key)
    {
        var file = new FileInfo(PlaceOf(key));
        try
        {
            var record = File.ReadAllBytes(file.FullName);
            BlobUse.Note(file);
            return record;
        }
        catch (Exception trouble) when (trouble is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts a record.</summary>
    /// <param name="key">The action.</param>
    /// <param name="record">Its record.</param>
    /// <param name="replaces">The digest of the record that it is put in place of; null for none.</param>
    /// <returns>Whether it is there now; not when another one is than who puts it believes.</returns>
    internal bool Put(string key, byte[] record, string? replaces)
    {
        lock (_gate)
        {
            var isAsBelieved = Read(key) is { } former ? DigestOf(former) == replaces : replaces is null;
            if (isAsBelieved)
            {
                Write(PlaceOf(key), record);
            }

            return isAsBelieved;
        }
    }

    /// <summary>Removes records that nobody used for long: who asks for one of them makes the result again.</summary>
    /// <param name="mostAge">For how long; an hour at least.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">The directory cannot be read.</exception>
    internal int Collect(TimeSpan mostAge)
    {
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - (mostAge < BlobLimits.Least ? BlobLimits.Least : mostAge);
        var folder = new DirectoryInfo(directory);
        return folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Count(file => file.LastWriteTimeUtc < before && TryRemove(file, before)) : 0;
    }

    /// <summary>Unless it was used, or replaced, since it was looked at.</summary>
    private bool TryRemove(FileInfo file, DateTime before)
    {
        lock (_gate)
        {
            file.Refresh();
            if (!file.Exists || file.LastWriteTimeUtc >= before)
            {
                return false;
            }

            file.Delete();
            return EndpointName.IsKey(file.Name);
        }
    }

    /// <summary>On the disk before it has its name: after a loss of power there is a whole record or none.</summary>
    private static void Write(string place, byte[] record)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var incoming = $"{place}.new";
        using (var file = File.OpenHandle(incoming, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, record, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(incoming, place, overwrite: true);
    }

    private string PlaceOf(string key) => Path.Combine(directory, key[..2], key);
}
