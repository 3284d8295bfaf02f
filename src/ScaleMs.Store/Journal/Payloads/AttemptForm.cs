using System.Text.Json;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="AttemptRecord"/>. What most attempts do without is written only where there is some.</summary>
internal static class AttemptForm
{
    public static void Write(Utf8JsonWriter writer, AttemptRecord record)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number"u8, record.Number);
        writer.WriteString("startedAt"u8, record.StartedAt);
        writer.WriteReal("wallSeconds"u8, record.WallSeconds);
        writer.WriteString("outcome"u8, record.Outcome);
        WriteSome(writer, "exitCode"u8, record.ExitCode);
        WriteSome(writer, "peakMemoryBytes"u8, record.PeakMemoryBytes);
        WriteSome(writer, "grantedBytes"u8, record.GrantedBytes);
        if (record.GrantedSeconds != 0)
        {
            writer.WriteReal("grantedSeconds"u8, record.GrantedSeconds);
        }

        writer.WriteEndObject();
    }

    public static AttemptRecord Read(ref Utf8JsonReader reader)
    {
        (int number, DateTimeOffset startedAt, double wallSeconds, string outcome) = (0, default, 0, null!);
        (int exitCode, long peakMemoryBytes, long grantedBytes, double grantedSeconds) = (0, 0, 0, 0);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("number"u8, ref number) || reader.Take("startedAt"u8, ref startedAt)
                || reader.Take("wallSeconds"u8, ref wallSeconds) || reader.Take("outcome"u8, ref outcome)
                || reader.Take("exitCode"u8, ref exitCode) || reader.Take("peakMemoryBytes"u8, ref peakMemoryBytes)
                || reader.Take("grantedBytes"u8, ref grantedBytes) || reader.Take("grantedSeconds"u8, ref grantedSeconds) || reader.Refuse();
        }

        return new AttemptRecord(number, startedAt, wallSeconds, PayloadReading.Needed(outcome, "outcome"))
        {
            ExitCode = exitCode,
            PeakMemoryBytes = peakMemoryBytes,
            GrantedBytes = grantedBytes,
            GrantedSeconds = grantedSeconds,
        };
    }

    private static void WriteSome(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
        {
            writer.WriteNumber(name, value);
        }
    }
}
