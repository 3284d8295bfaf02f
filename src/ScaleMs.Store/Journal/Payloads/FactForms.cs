using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="FileFactRecord"/>.</summary>
internal static class FileFactForm
{
    public static void Write(Utf8JsonWriter writer, FileFactRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("path"u8, record.Path);
        writer.WritePropertyName("stat"u8);
        FileStatForm.Write(writer, record.Stat);
        writer.WriteDigest("bytes"u8, record.Bytes);
        writer.WriteList("identities"u8, record.Identities, PairForms.Write);
        writer.WriteEndObject();
    }

    public static FileFactRecord Read(ref Utf8JsonReader reader)
    {
        (string path, FileStat stat, Digest bytes, IReadOnlyList<KeyValuePair<string, Digest>> identities) = (null!, default, default, null!);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("path"u8, ref path) || reader.Take("stat"u8, ref stat) || reader.Take("bytes"u8, ref bytes)
                || reader.Take("identities"u8, ref identities, PairForms.ReadIdentity) || reader.Refuse();
        }

        return new FileFactRecord(PayloadReading.Needed(path, "path"), stat, bytes, PayloadReading.Needed(identities, "identities"));
    }
}

/// <summary>The form of <see cref="ToolFactRecord"/>.</summary>
internal static class ToolFactForm
{
    public static void Write(Utf8JsonWriter writer, ToolFactRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("probe"u8, record.Probe);
        writer.WriteList("files"u8, record.Files, PairForms.Write);
        writer.WriteList("fingerprint"u8, record.Fingerprint, PairForms.Write);
        writer.WriteEndObject();
    }

    public static ToolFactRecord Read(ref Utf8JsonReader reader)
    {
        (string probe, IReadOnlyList<KeyValuePair<string, FileStat>> files, IReadOnlyList<KeyValuePair<string, string>> fingerprint) = (null!, null!, null!);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("probe"u8, ref probe) || reader.Take("files"u8, ref files, PairForms.ReadFile)
                || reader.Take("fingerprint"u8, ref fingerprint, PairForms.ReadText) || reader.Refuse();
        }

        return new ToolFactRecord(
            PayloadReading.Needed(probe, "probe"), PayloadReading.Needed(files, "files"), PayloadReading.Needed(fingerprint, "fingerprint"));
    }
}
