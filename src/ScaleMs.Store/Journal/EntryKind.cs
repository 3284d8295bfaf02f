using System.Text.Json;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal.Payloads;

namespace ScaleMs.Store.Journal;

/// <summary>The table of line types: the word in the journal, the .NET type behind it, and how to get from one to the other.</summary>
/// <param name="Name">The word.</param>
/// <param name="Read">Reads the data.</param>
/// <param name="Write">Writes the data.</param>
internal sealed record EntryKind(string Name, EntryKind.Reader Read, Action<Utf8JsonWriter, JournalEntry> Write)
{
    private static readonly Dictionary<Type, EntryKind> ByRecordType = new()
    {
        [typeof(IntentRecord)] = Record<IntentRecord>("intent", IntentForm.Read, IntentForm.Write),
        [typeof(ActionResult)] = Record<ActionResult>("result", ResultForm.Read, ResultForm.Write) with
        {
            ReadLean = (ref Utf8JsonReader reader) => new JournalEntry.Fact(ResultForm.ReadWithoutComponents(ref reader)),
        },
        [typeof(StepStateRecord)] = Record<StepStateRecord>("step", StepStateForm.Read, StepStateForm.Write),
        [typeof(FileFactRecord)] = Record<FileFactRecord>("file", FileFactForm.Read, FileFactForm.Write),
        [typeof(PublishedRecord)] = Record<PublishedRecord>("published", PublishedForm.Read, PublishedForm.Write),
        [typeof(UnpublishedRecord)] = Record<UnpublishedRecord>("unpublished", UnpublishedForm.Read, UnpublishedForm.Write),
        [typeof(ToolFactRecord)] = Record<ToolFactRecord>("tool", ToolFactForm.Read, ToolFactForm.Write),
        [typeof(RunRecord)] = Record<RunRecord>("run", RunForm.Read, RunForm.Write),
        [typeof(JournalEntry.Opened)] = new(
            "opened",
            (ref Utf8JsonReader reader) => NoteForms.ReadOpened(ref reader),
            (writer, entry) => NoteForms.Write(writer, (JournalEntry.Opened)entry)),
        [typeof(JournalEntry.Blob)] = new(
            "blob",
            (ref Utf8JsonReader reader) => new JournalEntry.Blob(NoteForms.ReadBlob(ref reader)),
            (writer, entry) => NoteForms.Write(writer, ((JournalEntry.Blob)entry).Known)),
        [typeof(JournalEntry.Synced)] = new(
            "synced",
            (ref Utf8JsonReader reader) => new JournalEntry.Synced(NoteForms.ReadTime(ref reader)),
            (writer, entry) => NoteForms.WriteTime(writer, ((JournalEntry.Synced)entry).At)),
        [typeof(JournalEntry.Closed)] = new(
            "closed",
            (ref Utf8JsonReader reader) => new JournalEntry.Closed(NoteForms.ReadTime(ref reader)),
            (writer, entry) => NoteForms.WriteTime(writer, ((JournalEntry.Closed)entry).At)),
    };

    private static readonly Dictionary<string, EntryKind> ByName = ByRecordType.Values.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Reads the data without what only an explanation needs.</summary>
    public Reader ReadLean { get; private init; } = Read;

    /// <summary>Reads an entry's data; the reader stands on its first token.</summary>
    internal delegate JournalEntry Reader(ref Utf8JsonReader reader);

    public static EntryKind Of(JournalEntry entry) =>
        ByRecordType[entry is JournalEntry.Fact fact ? fact.Record.GetType() : entry.GetType()];

    public static EntryKind? Named(string name) => ByName.GetValueOrDefault(name);

    private static EntryKind Record<T>(string name, ElementReader<T> read, Action<Utf8JsonWriter, T> write)
        where T : StoreRecord => new(
            name,
            (ref Utf8JsonReader reader) => new JournalEntry.Fact(read(ref reader)),
            (writer, entry) => write(writer, (T)((JournalEntry.Fact)entry).Record));
}
