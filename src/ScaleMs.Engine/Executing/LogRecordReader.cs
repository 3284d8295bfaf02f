using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Reads log records: a prefix <c>&lt;1&gt;</c> to <c>&lt;5&gt;</c> tells the level, else the member <c>level</c> of a JSON object, else it is usual.</summary>
/// <remarks>What is no JSON object, or an odd one, is text: a record is never lost for its form.</remarks>
internal static class LogRecordReader
{
    private const int PrefixLength = 3;

    private static readonly string[] TextMembers = ["message", "msg", "text"];

    /// <summary>Reads one; null when there is nothing in it.</summary>
    public static LogRecord? Read(string record)
    {
        var (prefix, body) = Split(record);
        return body.Length == 0 ? null : OfObject(body, prefix) ?? new LogRecord(prefix ?? LogLevel.Info, body);
    }

    /// <summary>A record without the prefix that tells its level.</summary>
    public static string BodyOf(string record) => Split(record).Body;

    private static (LogLevel? Prefix, string Body) Split(string record) =>
        PrefixOf(record) is { } prefix ? (prefix, record[PrefixLength..].TrimStart(' ')) : (null, record);

    private static LogLevel? PrefixOf(string record) =>
        record.Length >= PrefixLength && record[0] == '<' && record[2] == '>' && record[1] is >= '1' and <= '5' ? (LogLevel)((record[1] - '0') * 10) : null;

    private static LogRecord? OfObject(string body, LogLevel? prefix)
    {
        if (!body.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var level = prefix ?? LevelOf(root) ?? LogLevel.Info;
            return HalfCharacters.AreIn(root) ? new LogRecord(level, body) : new LogRecord(level, TextOf(root) ?? body, body);
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static LogLevel? LevelOf(JsonElement record) => !record.TryGetProperty("level", out var level) ? null : level.ValueKind switch
    {
        JsonValueKind.Number when level.TryGetInt32(out var number) => OfNumber(number),
        JsonValueKind.String => OfName(level.GetString()!),
        _ => null,
    };

    private static LogLevel? OfNumber(int number) => (number < 10 ? number * 10L : number) switch
    {
        10 => LogLevel.Debug,
        20 => LogLevel.Info,
        30 => LogLevel.Warning,
        40 => LogLevel.Error,
        50 => LogLevel.Critical,
        _ => null,
    };

    private static LogLevel? OfName(string name) => name.ToUpperInvariant() switch
    {
        "DEBUG" or "TRACE" => LogLevel.Debug,
        "INFO" or "INFORMATION" or "NOTICE" => LogLevel.Info,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => null,
    };

    private static string? TextOf(JsonElement record)
    {
        foreach (var name in TextMembers)
        {
            if (record.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
            {
                return text.GetString();
            }
        }

        return null;
    }
}
