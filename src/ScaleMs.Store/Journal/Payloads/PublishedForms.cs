using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="PublishedRecord"/>.</summary>
internal static class PublishedForm
{
    public static void Write(Utf8JsonWriter writer, PublishedRecord record)
    {
        writer.WriteStartObject();
        writer.WritePath("path"u8, record.Path);
        writer.WriteStep("step"u8, record.Step);
        writer.WriteDigest("bytes"u8, record.Bytes);
        writer.WriteEndObject();
    }

    public static PublishedRecord Read(ref Utf8JsonReader reader)
    {
        (ArtifactPath path, StepId step, Digest bytes) = (default!, default!, default);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("path"u8, ref path) || reader.Take("step"u8, ref step) || reader.Take("bytes"u8, ref bytes) || reader.Refuse();
        }

        return new PublishedRecord(PayloadReading.Needed(path, "path"), PayloadReading.Needed(step, "step"), bytes);
    }
}

/// <summary>The form of <see cref="UnpublishedRecord"/>.</summary>
internal static class UnpublishedForm
{
    public static void Write(Utf8JsonWriter writer, UnpublishedRecord record)
    {
        writer.WriteStartObject();
        writer.WritePath("path"u8, record.Path);
        writer.WriteEndObject();
    }

    public static UnpublishedRecord Read(ref Utf8JsonReader reader)
    {
        ArtifactPath path = default!;
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("path"u8, ref path) || reader.Refuse();
        }

        return new UnpublishedRecord(PayloadReading.Needed(path, "path"));
    }
}
