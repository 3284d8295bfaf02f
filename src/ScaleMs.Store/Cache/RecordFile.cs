using System.Buffers;
using System.Globalization;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.Cache;

/// <summary>A record of the cache: the very line that a journal would hold, alone in a file that is named by its key.</summary>
internal static class RecordFile
{
    /// <summary>A record is a few kilobytes; what is longer is none, and is not read into memory.</summary>
    private const long Longest = 64 << 20;

    public static byte[] Write(ActionResult result)
    {
        var payload = new ArrayBufferWriter<byte>();
        EntryCodec.Write(new JournalEntry.Fact(result), payload);
        var line = new ArrayBufferWriter<byte>();
        LineFrame.Write(payload.WrittenSpan, line);
        return line.WrittenSpan.ToArray();
    }

    /// <summary>Reads a record.</summary>
    /// <param name="path">Its file.</param>
    /// <returns>The record; or what is wrong with the file; or neither when nothing is there.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static (ActionResult? Result, string? Damage) Read(string path)
    {
        if (StatReader.Read(path, followLinks: false) is not { } stat)
        {
            return default;
        }

        // Looked at first: opening a pipe that somebody put there would wait for ever.
        return !stat.IsFile || stat.Length > Longest ? (null, "it is no record") : ReadFile(path, stat.Length);
    }

    private static (ActionResult? Result, string? Damage) ReadFile(string path, long length)
    {
        try
        {
            using var file = ReadHandle.Open(path);
            var bytes = new byte[length];
            var count = RandomAccess.Read(file, bytes, 0);
            return Parse(bytes.AsSpan(0, count), Path.GetFileName(path));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException || cause.HResult == Errno.Stale)
        {
            return default;
        }
    }

    /// <summary>Reads a record that is at hand.</summary>
    /// <param name="bytes">The record.</param>
    /// <param name="name">Its key's digits, by which it was found.</param>
    /// <returns>The record, or what is wrong with it.</returns>
    public static (ActionResult? Result, string? Damage) Parse(ReadOnlySpan<byte> bytes, string name)
    {
        if (LineFrame.Read(bytes, out var payload, out var size) != LineState.Whole || size != bytes.Length)
        {
            return (null, "its checksum is wrong");
        }

        try
        {
            // A file under another's name would be believed for another's key.
            return EntryCodec.Read(payload, name) is JournalEntry.Fact { Record: ActionResult result } && result.Key.Digest.Hex == name
                ? (result, null)
                : (null, string.Create(CultureInfo.InvariantCulture, $"it is not the record of '{name}'"));
        }
        catch (StoreException)
        {
            return (null, "this version of ScaleMs does not know its form");
        }
    }
}
