using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Executing;

namespace ScaleMs.Engine.Running;

/// <summary>Reads what an artifact holds, and nothing else: bytes that are not those of the record are not passed on.</summary>
internal sealed class ContentReader(IDisk disk, IFileStore store)
{
    /// <summary>Reads an output as text: of a directory, the paths of the files in it, a line each; nothing of what was left out. On any thread.</summary>
    /// <param name="place">Where its bytes are said to be.</param>
    /// <param name="record">What they should be.</param>
    /// <returns>The text; null when they are not there after all.</returns>
    public string? Read(StagedInput place, OutputRecord record)
    {
        try
        {
            if (!place.ToBring.IsNone && !store.Bring(place.ToBring))
            {
                return null;
            }

            var text = disk.ReadText(place.Place);
            return disk.Hash(place.Place, []).Bytes == record.Bytes ? Said(record, text) : null;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private static string Said(OutputRecord record, string text) => record.IsAbsent ? string.Empty
        : record.IsTree ? string.Concat(TreeListing.Read(text).Entries.Where(entry => entry.Kind != TreeEntryKind.EmptyFolder).Select(entry => entry.Path + "\n"))
        : text;
}
