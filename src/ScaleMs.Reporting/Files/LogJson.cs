using System.Text.Json;
using ScaleMs.Core.Events;

namespace ScaleMs.Reporting.Files;

/// <summary>The JSON form of a step's log records. Member names are a contract: add, never rename.</summary>
internal static class LogJson
{
    /// <summary>Writes the members of the event; the caller has opened the object.</summary>
    public static void Write(Utf8JsonWriter json, RunEvent.StepLogged logged)
    {
        json.WriteString("id", logged.Step.ToString());
        json.WriteString("level", WordOf(logged.Record.Level));
        json.WriteString("text", logged.Record.Text);
        if (logged.Record.Json is { } record)
        {
            // Written anew rather than as it came: a line feed in it would cut the line in two.
            using var document = JsonDocument.Parse(record);
            json.WritePropertyName("record");
            document.RootElement.WriteTo(json);
        }
    }

    /// <summary>The level of a word; an unknown one matters as little as what is usual.</summary>
    public static LogLevel LevelOf(string word) => Array.Find(Enum.GetValues<LogLevel>(), level => WordOf(level) == word) is var known and not 0 ? known : LogLevel.Info;

    /// <summary>A level's word, here and on the terminal.</summary>
    public static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "info",
    };
}
