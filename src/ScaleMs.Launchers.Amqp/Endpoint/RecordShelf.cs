using System.Security.Cryptography;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>Records by action key: the first one stays, unless who replaces it says what it replaces. What is in them is the clients' matter.</summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="directory">Where they are.</param>
internal sealed class RecordShelf(string directory)
{
    private readonly Lock _gate = new();

    internal static string DigestOf(ReadOnlySpan<byte> record) => Convert.ToHexStringLower(SHA256.HashData(record));

    internal byte[]? Read(string key)
    {
        try
        {
            return File.ReadAllBytes(PlaceOf(key));
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

    private static void Write(string place, byte[] record)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var incoming = $"{place}.new";
        File.WriteAllBytes(incoming, record);
        File.Move(incoming, place, overwrite: true);
    }

    private string PlaceOf(string key) => Path.Combine(directory, key[..2], key);
}
