using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <summary>Reads what an artifact holds, and nothing else: bytes that are not those of the record are not passed on.</summary>
internal sealed class ContentReader(IDisk disk, IFileStore store)
{
    /// <summary>More is no text that somebody decides on; such an output is not read.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>Reads an output as text; one that is too large as none. On any thread.</summary>
    /// <param name="place">Where its bytes are said to be.</param>
    /// <param name="record">What they should be.</param>
    /// <returns>The text; null when they are not there after all.</returns>
    public string? Read(StagedInput place, OutputRecord record)
    {
        if (record.Length > MostBytes)
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

    private string? Checked(string path, OutputRecord record)
    {
        var text = disk.ReadText(path);
        return disk.Hash(path, []).Bytes == record.Bytes ? text : null;
    }
}
