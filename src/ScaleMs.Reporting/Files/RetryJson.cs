using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Reporting.Files;

/// <summary>The JSON form of attempts and of what follows on failed ones. Member names are a contract: add, never rename.</summary>
internal static class RetryJson
{
    /// <summary>Writes the members of the event; the caller has opened the object.</summary>
    public static void Write(Utf8JsonWriter json, RunEvent.StepRetrying retrying)
    {
        json.WriteString("id", retrying.Step.ToString());
        json.WriteNumber("attempt", retrying.Attempt);
        json.WriteNumber("mostAttempts", retrying.Again.Most);
        ResultJson.WriteSeconds(json, "delaySeconds", retrying.Again.Delay.TotalSeconds);
        WriteGranted(json, retrying.Again.Resources);
        ResultJson.WriteFailure(json, retrying.Failure);
        json.WriteString("log", retrying.Failure.LogPath);
    }

    /// <summary>Writes the attempts one by one, where there was more than one.</summary>
    public static void WriteHistory(Utf8JsonWriter json, IReadOnlyList<AttemptRecord> attempts)
    {
        if (attempts.Count < 2)
        {
            return;
        }

        json.WriteStartArray("attemptHistory");
        foreach (var attempt in attempts)
        {
            Write(json, attempt);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AttemptRecord attempt)
    {
        json.WriteStartObject();
        json.WriteNumber("number", attempt.Number);
        json.WriteString("outcome", attempt.Outcome);
        json.WriteString("startedAt", attempt.StartedAt);
        ResultJson.WriteSeconds(json, "wallSeconds", attempt.WallSeconds);
        json.WriteNumber("exitCode", attempt.ExitCode);
        json.WriteNumber("peakMemoryBytes", attempt.PeakMemoryBytes);
        json.WriteNumber("grantedBytes", attempt.GrantedBytes);
        ResultJson.WriteSeconds(json, "grantedSeconds", attempt.GrantedSeconds);
        json.WriteEndObject();
    }

    private static void WriteGranted(Utf8JsonWriter json, Resources granted)
    {
        json.WriteNumber("grantedBytes", granted.MemoryBytes);
        ResultJson.WriteSeconds(json, "grantedSeconds", granted.TimeLimit?.TotalSeconds ?? 0);
    }
}
