using System.Text.Json;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="IntentRecord"/>.</summary>
internal static class IntentForm
{
    public static void Write(Utf8JsonWriter writer, IntentRecord record)
    {
        writer.WriteStartObject();
        writer.WriteStep("step"u8, record.Step);
        writer.WriteKey("key"u8, record.Key);
        writer.WriteString("directory"u8, record.Directory);
        writer.WriteString("runId"u8, record.RunId);
        writer.WriteString("at"u8, record.At);
        writer.WriteEndObject();
    }

    public static IntentRecord Read(ref Utf8JsonReader reader)
    {
        (StepId step, ActionKey key, string directory, string runId, DateTimeOffset at) = (default!, default!, null!, null!, default);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("step"u8, ref step) || reader.Take("key"u8, ref key) || reader.Take("directory"u8, ref directory)
                || reader.Take("runId"u8, ref runId) || reader.Take("at"u8, ref at) || reader.Refuse();
        }

        return new IntentRecord(PayloadReading.Needed(step, "step"), PayloadReading.Needed(key, "key"), PayloadReading.Needed(directory, "directory"), PayloadReading.Needed(runId, "runId"), at);
    }
}

/// <summary>The form of <see cref="StepStateRecord"/>.</summary>
internal static class StepStateForm
{
    public static void Write(Utf8JsonWriter writer, StepStateRecord record)
    {
        writer.WriteStartObject();
        writer.WriteStep("step"u8, record.Step);
        writer.WriteKey("key"u8, record.Key);
        writer.WriteString("runId"u8, record.RunId);
        writer.WriteString("at"u8, record.At);
        writer.WriteEndObject();
    }

    public static StepStateRecord Read(ref Utf8JsonReader reader)
    {
        (StepId step, ActionKey key, string runId, DateTimeOffset at) = (default!, default!, null!, default);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("step"u8, ref step) || reader.Take("key"u8, ref key)
                || reader.Take("runId"u8, ref runId) || reader.Take("at"u8, ref at) || reader.Refuse();
        }

        return new StepStateRecord(PayloadReading.Needed(step, "step"), PayloadReading.Needed(key, "key"), PayloadReading.Needed(runId, "runId"), at);
    }
}
