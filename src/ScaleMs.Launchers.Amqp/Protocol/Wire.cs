using System.Text.Json;
using System.Text.Json.Serialization;

namespace ScaleMs.Launchers.Amqp.Protocol;

/// <summary>The farm's language: its version, and how its messages are written and read.</summary>
internal static class Wire
{
    /// <summary>Raised when a message changes its meaning: who speaks another version is refused by name.</summary>
    internal const string Version = "scalems-farm/2";

    /// <summary>A longer body is no message of ours: longer lists travel as blobs.</summary>
    internal const int MostBytes = 4 * 1024 * 1024;

    /// <summary>A list of files whose text is longer travels as a blob.</summary>
    internal const int MostListBytes = 512 * 1024;

    /// <summary>Files up to this size travel inside the message.</summary>
    internal const int MostInlineBytes = 4096;

    /// <summary>Bytes of all files inside one message.</summary>
    internal const int MostInlineTogether = 128 * 1024;

    internal static byte[] Bytes(ActionMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.ActionMessage);

    internal static byte[] Bytes(ResultMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, WireJson.Default.ResultMessage);

    internal static byte[] Bytes(Notice notice) => JsonSerializer.SerializeToUtf8Bytes(notice, WireJson.Default.Notice);

    internal static byte[] Bytes(QuestionMessage question) => JsonSerializer.SerializeToUtf8Bytes(question, WireJson.Default.QuestionMessage);

    internal static byte[] Bytes(AnswerMessage answer) => JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Default.AnswerMessage);

    internal static byte[] Bytes(IReadOnlyList<FileEntry> files) => JsonSerializer.SerializeToUtf8Bytes(files, WireJson.Default.IReadOnlyListFileEntry);

    internal static Read<ActionMessage> Action(ReadOnlySpan<byte> body) => Message(body, WireJson.Default.ActionMessage);

    internal static Read<ResultMessage> Result(ReadOnlySpan<byte> body) => Message(body, WireJson.Default.ResultMessage);

    internal static Read<Notice> Notice(ReadOnlySpan<byte> body) => Message(body, WireJson.Default.Notice);

    internal static Read<QuestionMessage> Question(ReadOnlySpan<byte> body) => Message(body, WireJson.Default.QuestionMessage);

    internal static Read<AnswerMessage> Answer(ReadOnlySpan<byte> body) => Message(body, WireJson.Default.AnswerMessage);

    internal static IReadOnlyList<FileEntry> Files(ReadOnlySpan<byte> text) => JsonSerializer.Deserialize(text, WireJson.Default.IReadOnlyListFileEntry) ?? [];

    /// <summary>The version is looked at first: what another version means by its members is not guessed.</summary>
    private static Read<T> Message<T>(ReadOnlySpan<byte> body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        if (body.Length > MostBytes)
        {
            return new Read<T>(null, $"a message of {body.Length} bytes; the longest is {MostBytes}");
        }

        try
        {
            var version = JsonSerializer.Deserialize(body, WireJson.Default.VersionOnly)?.Protocol ?? string.Empty;
            return version == Version
                ? new Read<T>(JsonSerializer.Deserialize(body, type), string.Empty)
                : new Read<T>(null, OtherVersion(version));
        }
        catch (Exception trouble) when (trouble is JsonException or NotSupportedException)
        {
            return new Read<T>(null, $"a message that cannot be read: {trouble.Message}");
        }
    }

    private static string OtherVersion(string version) =>
        $"a message of protocol '{(version.Length > 60 ? version[..60] : version)}', and this side speaks '{Version}': use one version of scalems for clients and workers of a farm";
}

/// <summary>A message, or what is wrong with it.</summary>
internal sealed record Read<T>(T? Message, string Problem)
    where T : class;

/// <summary>What every version has.</summary>
internal sealed record VersionOnly(string? Protocol);

/// <summary>Made at compile time: a worker starts in no time and a hostile message names no type.</summary>
/// <remarks>Members of messages have setters: what only an initialiser may set is null here when a message leaves it out, whatever its default.</remarks>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true, RespectNullableAnnotations = true, MaxDepth = 32)]
[JsonSerializable(typeof(ActionMessage))]
[JsonSerializable(typeof(ResultMessage))]
[JsonSerializable(typeof(Notice))]
[JsonSerializable(typeof(QuestionMessage))]
[JsonSerializable(typeof(AnswerMessage))]
[JsonSerializable(typeof(WatchMessage))]
[JsonSerializable(typeof(VersionOnly))]
[JsonSerializable(typeof(AttemptNote))]
[JsonSerializable(typeof(IReadOnlyList<FileEntry>))]
internal sealed partial class WireJson : JsonSerializerContext;
