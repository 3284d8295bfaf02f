using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <summary>Reads what an artifact holds, and nothing else: bytes that are not those of the record are not passed on.</summary>
internal sealed class ContentReader(IDisk disk, IFileStore store)
{
    private const long MostBytes = 64 << 20;

    /// <summary>Reads an output as text: of a directory, the paths of the files in it, a line each; nothing of what was left out or is too large. On any thread.</summary>
    /// <param name="place">Where its bytes are said to be.</param>
    /// <param name="record">What they should be.</param>
    /// <returns>The text; null when they are not there after all.</returns>
    public string? Read(StagedInput place, OutputRecord record)
    {
        if (IsTooLarge(record))
        {
            return string.Empty;
        }

        try
        {
            return (place.ToBring.IsNone ? place.Place : store.PathToRead(place.ToBring)) is { } path ? Checked(path, record) : null;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>The most that is read, in bytes.</summary>
    public static long Most => MostBytes;

    /// <summary>Whether an output is no text that somebody decides on: it is not read.</summary>
    public static bool IsTooLarge(OutputRecord record) => !record.IsTree && record.Length > MostBytes;

    private string? Checked(string path, OutputRecord record)
    {
        var text = disk.ReadText(path);
        return disk.Hash(path, []).Bytes == record.Bytes ? Said(record, text) : null;
    }

    private static string Said(OutputRecord record, string text) => record.IsAbsent ? string.Empty
        : record.IsTree ? string.Concat(TreeListing.Read(text).Entries.Where(entry => entry.Kind != TreeEntryKind.EmptyFolder).Select(entry => entry.Path + "\n"))
        : text;
}
