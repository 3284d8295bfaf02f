using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal;

/// <summary>The table of line types: the word in the journal, the .NET type behind it, and how to get from one to the other.</summary>
/// <param name="Name">The word.</param>
/// <param name="Read">Reads the data.</param>
/// <param name="Write">Writes the data.</param>
internal sealed record EntryKind(string Name, EntryKind.Reader Read, Action<Utf8JsonWriter, JournalEntry> Write)
{
    private static readonly JournalJson Json = JournalJson.Default;

    private static readonly Dictionary<Type, EntryKind> ByRecordType = new()
    {
        [typeof(IntentRecord)] = Record("intent", Json.IntentRecord),
        [typeof(ActionResult)] = Record("result", Json.ActionResult),
        [typeof(StepStateRecord)] = Record("step", Json.StepStateRecord),
        [typeof(FileFactRecord)] = Record("file", Json.FileFactRecord),
        [typeof(PublishedRecord)] = Record("published", Json.PublishedRecord),
        [typeof(UnpublishedRecord)] = Record("unpublished", Json.UnpublishedRecord),
        [typeof(ToolFactRecord)] = Record("tool", Json.ToolFactRecord),
        [typeof(RunRecord)] = Record("run", Json.RunRecord),
        [typeof(JournalEntry.Opened)] = Own("opened", Json.Opened),
        [typeof(JournalEntry.Synced)] = Own("synced", Json.Synced),
        [typeof(JournalEntry.Closed)] = Own("closed", Json.Closed),
        [typeof(JournalEntry.Blob)] = new(
            "blob",
            (ref Utf8JsonReader reader) => new JournalEntry.Blob(JsonSerializer.Deserialize(ref reader, Json.BlobFact)),
            (writer, entry) => JsonSerializer.Serialize(writer, ((JournalEntry.Blob)entry).Known, Json.BlobFact)),
    };

    private static readonly Dictionary<string, EntryKind> ByName = ByRecordType.Values.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Reads an entry's data; the reader stands on its first token.</summary>
    internal delegate JournalEntry Reader(ref Utf8JsonReader reader);

    public static EntryKind Of(JournalEntry entry) =>
        ByRecordType[entry is JournalEntry.Fact fact ? fact.Record.GetType() : entry.GetType()];

    public static EntryKind? Named(string name) => ByName.GetValueOrDefault(name);

    private static EntryKind Record<T>(string name, JsonTypeInfo<T> type)
        where T : StoreRecord => new(
            name,
            (ref Utf8JsonReader reader) => new JournalEntry.Fact(JsonSerializer.Deserialize(ref reader, type)!),
            (writer, entry) => JsonSerializer.Serialize(writer, (T)((JournalEntry.Fact)entry).Record, type));

    private static EntryKind Own<T>(string name, JsonTypeInfo<T> type)
        where T : JournalEntry => new(
            name,
            (ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, type)!,
            (writer, entry) => JsonSerializer.Serialize(writer, (T)entry, type));
}
