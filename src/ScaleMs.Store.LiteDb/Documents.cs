using System.Buffers;
using System.Text;
using LiteDB;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using ScaleMs.Store.Journal;

namespace ScaleMs.Store.LiteDb;

/// <summary>Turns records into documents and back.</summary>
internal static class Documents
{
    private const string RecordField = "record";

    public static BsonDocument Of(ActionResult result) => With(result, new BsonDocument
    {
        ["_id"] = result.Key.ToString(),
        ["step"] = Name(result.Step),
        ["task"] = result.Step.Task,
        ["run"] = result.RunId,
        ["finished"] = result.FinishedAt.UtcDateTime,
        ["wallSeconds"] = result.WallSeconds,
        ["launcher"] = result.Launcher,
        ["host"] = result.Host,
        ["outputs"] = new BsonArray(result.Outputs.Select(Output)),
    });

    public static BsonDocument Of(StepStateRecord state) => With(state, new BsonDocument
    {
        ["_id"] = Name(state.Step),
        ["task"] = state.Step.Task,
        ["key"] = state.Key.ToString(),
        ["run"] = state.RunId,
        ["at"] = state.At.UtcDateTime,
    });

    public static BsonDocument Of(RunRecord run) => With(run, new BsonDocument
    {
        ["run"] = run.RunId,
        ["target"] = run.Target,
        ["outcome"] = run.Outcome,
        ["started"] = run.StartedAt.UtcDateTime,
        ["wallSeconds"] = run.WallSeconds,
        ["executed"] = run.Executed,
    });

    /// <summary>The record that a document was made of; null for no document.</summary>
    public static T? Record<T>(BsonDocument? document)
        where T : StoreRecord
    {
        if (document is null)
        {
            return null;
        }

        var entry = EntryCodec.Read(Encoding.UTF8.GetBytes(document[RecordField].AsString), LiteDbDatabase.FileName);
        return (T)((JournalEntry.Fact)entry).Record;
    }

    /// <summary>A step's name that no other step has: its text, or its parts where two ids share one text.</summary>
    public static string Name(StepId step)
    {
        var text = step.ToString();
        return StepId.Parse(text) == step ? text : $"{step.Task}\n{step.Step}\n{step.Member}";
    }

    private static BsonDocument Output(OutputRecord output) =>
        new() { ["path"] = output.Path.Value, ["digest"] = output.Bytes.ToString(), ["bytes"] = output.Length };

    private static BsonDocument With(StoreRecord record, BsonDocument document)
    {
        var payload = new ArrayBufferWriter<byte>();
        EntryCodec.Write(new JournalEntry.Fact(record), payload);
        document[RecordField] = Encoding.UTF8.GetString(payload.WrittenSpan);
        return document;
    }
}
