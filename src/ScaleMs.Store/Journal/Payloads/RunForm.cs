using System.Text.Json;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="RunRecord"/>.</summary>
internal static class RunForm
{
    public static void Write(Utf8JsonWriter writer, RunRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("runId"u8, record.RunId);
        writer.WriteString("target"u8, record.Target);
        writer.WriteString("outcome"u8, record.Outcome);
        writer.WriteString("startedAt"u8, record.StartedAt);
        writer.WriteReal("wallSeconds"u8, record.WallSeconds);
        writer.WriteNumber("executed"u8, record.Executed);
        writer.WriteEndObject();
    }

    public static RunRecord Read(ref Utf8JsonReader reader)
    {
        (string runId, string target, string outcome, DateTimeOffset startedAt, double wallSeconds, int executed) = (null!, null!, null!, default, 0, 0);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("runId"u8, ref runId) || reader.Take("target"u8, ref target) || reader.Take("outcome"u8, ref outcome)
                || reader.Take("startedAt"u8, ref startedAt) || reader.Take("wallSeconds"u8, ref wallSeconds)
                || reader.Take("executed"u8, ref executed) || reader.Refuse();
        }

        return new RunRecord(
            PayloadReading.Needed(runId, "runId"), PayloadReading.Needed(target, "target"), PayloadReading.Needed(outcome, "outcome"), startedAt, wallSeconds, executed);
    }
}
