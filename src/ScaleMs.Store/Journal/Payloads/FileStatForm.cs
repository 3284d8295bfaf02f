using System.Text.Json;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="FileStat"/>; what its mode means is written out, for people, and not read.</summary>
internal static class FileStatForm
{
    public static void Write(Utf8JsonWriter writer, in FileStat stat)
    {
        writer.WriteStartObject();
        writer.WriteNumber("device"u8, stat.Device);
        writer.WriteNumber("inode"u8, stat.Inode);
        writer.WriteNumber("length"u8, stat.Length);
        writer.WriteNumber("modifiedNs"u8, stat.ModifiedNs);
        writer.WriteNumber("changedNs"u8, stat.ChangedNs);
        writer.WriteNumber("mode"u8, stat.Mode);
        writer.WriteBoolean("isFile"u8, stat.IsFile);
        writer.WriteBoolean("isDirectory"u8, stat.IsDirectory);
        writer.WriteBoolean("isLink"u8, stat.IsLink);
        writer.WriteBoolean("isExecutable"u8, stat.IsExecutable);
        writer.WriteEndObject();
    }

    public static FileStat Read(ref Utf8JsonReader reader)
    {
        var (device, inode, length, modifiedNs, changedNs, mode) = default(FileStat);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("device"u8, ref device) || reader.Take("inode"u8, ref inode) || reader.Take("length"u8, ref length)
                || reader.Take("modifiedNs"u8, ref modifiedNs) || reader.Take("changedNs"u8, ref changedNs) || reader.Take("mode"u8, ref mode)
                || reader.Pass("isFile"u8) || reader.Pass("isDirectory"u8) || reader.Pass("isLink"u8) || reader.Pass("isExecutable"u8)
                || reader.Refuse();
        }

        return new FileStat(device, inode, length, modifiedNs, changedNs, mode);
    }
}
