using System.Text.Json;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The forms of the store's own notes.</summary>
internal static class NoteForms
{
    public static void Write(Utf8JsonWriter writer, JournalEntry.Opened entry)
    {
        writer.WriteStartObject();
        writer.WriteNumber("format"u8, entry.Format);
        writer.WriteNumber("epoch"u8, entry.Epoch);
        writer.WriteString("host"u8, entry.Host);
        writer.WriteString("bootId"u8, entry.BootId);
        writer.WriteNumber("pid"u8, entry.Pid);
        writer.WriteString("at"u8, entry.At);
        writer.WriteEndObject();
    }

    public static JournalEntry.Opened ReadOpened(ref Utf8JsonReader reader)
    {
        (int format, long epoch, string host, string bootId, int pid, DateTimeOffset at) = (0, 0, null!, null!, 0, default);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("format"u8, ref format) || reader.Take("epoch"u8, ref epoch) || reader.Take("host"u8, ref host)
                || reader.Take("bootId"u8, ref bootId) || reader.Take("pid"u8, ref pid) || reader.Take("at"u8, ref at) || reader.Refuse();
        }

        return new JournalEntry.Opened(format, epoch, PayloadReading.Needed(host, "host"), PayloadReading.Needed(bootId, "bootId"), pid, at);
    }

    public static void Write(Utf8JsonWriter writer, in BlobFact fact)
    {
        writer.WriteStartObject();
        writer.WriteDigest("digest"u8, fact.Digest);
        writer.WriteNumber("length"u8, fact.Length);
        writer.WriteNumber("inode"u8, fact.Inode);
        writer.WriteNumber("modifiedNs"u8, fact.ModifiedNs);
        writer.WriteNumber("changedNs"u8, fact.ChangedNs);
        writer.WriteEndObject();
    }

    public static BlobFact ReadBlob(ref Utf8JsonReader reader)
    {
        (Digest digest, long length, ulong inode, long modifiedNs, long changedNs) = (default, 0, 0, 0, 0);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("digest"u8, ref digest) || reader.Take("length"u8, ref length) || reader.Take("inode"u8, ref inode)
                || reader.Take("modifiedNs"u8, ref modifiedNs) || reader.Take("changedNs"u8, ref changedNs) || reader.Refuse();
        }

        return new BlobFact(digest, length, inode, modifiedNs, changedNs);
    }

    /// <summary>A note of which only the time is told.</summary>
    public static void WriteTime(Utf8JsonWriter writer, DateTimeOffset at)
    {
        writer.WriteStartObject();
        writer.WriteString("at"u8, at);
        writer.WriteEndObject();
    }

    public static DateTimeOffset ReadTime(ref Utf8JsonReader reader)
    {
        DateTimeOffset at = default;
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("at"u8, ref at) || reader.Refuse();
        }

        return at;
    }
}
