using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="OutputRecord"/>.</summary>
internal static class OutputForm
{
    public static void Write(Utf8JsonWriter writer, OutputRecord record)
    {
        writer.WriteStartObject();
        writer.WritePath("path"u8, record.Path);
        writer.WriteDigest("bytes"u8, record.Bytes);
        writer.WriteNumber("length"u8, record.Length);
        writer.WriteDigest("identity"u8, record.Identity);
        writer.WriteString("ruleName"u8, record.RuleName);
        writer.WriteNumber("ruleVersion"u8, record.RuleVersion);
        writer.WriteBoolean("isExecutable"u8, record.IsExecutable);
        writer.WriteKeep("keep"u8, record.Keep);
        writer.WriteCompared("compared"u8, record.Compared);
        writer.WriteEndObject();
    }

    public static OutputRecord Read(ref Utf8JsonReader reader)
    {
        (ArtifactPath path, Digest bytes, long length, Digest identity) = (default!, default, 0, default);
        (string ruleName, int ruleVersion, bool isExecutable, Keep keep) = (null!, 0, false, Keep.Always);
        ComparedOutput compared = null!;
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("path"u8, ref path) || reader.Take("bytes"u8, ref bytes) || reader.Take("length"u8, ref length)
                || reader.Take("identity"u8, ref identity) || reader.Take("ruleName"u8, ref ruleName)
                || reader.Take("ruleVersion"u8, ref ruleVersion) || reader.Take("isExecutable"u8, ref isExecutable)
                || reader.Take("keep"u8, ref keep) || reader.Take("compared"u8, ref compared) || reader.Refuse();
        }

        return new OutputRecord(PayloadReading.Needed(path, "path"), bytes, length, identity, PayloadReading.Needed(ruleName, "ruleName"), ruleVersion, isExecutable, keep)
        {
            Compared = ComparedForm.Checked(compared, bytes),
        };
    }
}

/// <summary>The form of <see cref="KeyComponent"/>.</summary>
internal static class ComponentForm
{
    public static void Write(Utf8JsonWriter writer, KeyComponent component)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, component.Name);
        writer.WriteString("value"u8, component.Value);
        writer.WriteEndObject();
    }

    /// <summary>Refuses what <see cref="Read"/> refuses.</summary>
    public static void Check(ref Utf8JsonReader reader)
    {
        var (hasName, hasValue) = (false, false);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.CheckText("name"u8, ref hasName) || reader.CheckText("value"u8, ref hasValue) || reader.Refuse();
        }

        _ = PayloadReading.Needed(hasName ? string.Empty : null, "name") + PayloadReading.Needed(hasValue ? string.Empty : null, "value");
    }

    public static KeyComponent Read(ref Utf8JsonReader reader)
    {
        (string name, string value) = (null!, null!);
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = reader.Take("name"u8, ref name) || reader.Take("value"u8, ref value) || reader.Refuse();
        }

        return new KeyComponent(PayloadReading.Needed(name, "name"), PayloadReading.Needed(value, "value"));
    }
}
