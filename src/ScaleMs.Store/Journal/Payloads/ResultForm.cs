using System.Text.Json;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Journal.Payloads;

/// <summary>The form of <see cref="ActionResult"/>.</summary>
internal static class ResultForm
{
    public static void Write(Utf8JsonWriter writer, ActionResult result)
    {
        writer.WriteStartObject();
        writer.WriteKey("key"u8, result.Key);
        writer.WriteStep("step"u8, result.Step);
        writer.WriteList("outputs"u8, result.Outputs, OutputForm.Write);
        writer.WriteList("components"u8, result.Components, ComponentForm.Write);
        writer.WriteString("runId"u8, result.RunId);
        writer.WriteString("finishedAt"u8, result.FinishedAt);
        writer.WriteReal("wallSeconds"u8, result.WallSeconds);
        writer.WriteReal("cpuSeconds"u8, result.CpuSeconds);
        writer.WriteNumber("peakMemoryBytes"u8, result.PeakMemoryBytes);
        writer.WriteNumber("exitCode"u8, result.ExitCode);
        writer.WriteList("attempts"u8, result.Attempts, AttemptForm.Write);
        writer.WriteString("launcher"u8, result.Launcher);
        writer.WriteString("host"u8, result.Host);
        writer.WriteBoolean("isContinued"u8, result.IsContinued);
        writer.WriteDigest("log"u8, result.Log);
        if (result.ImportedFrom is { } folder)
        {
            writer.WriteString("importedFrom"u8, folder);
        }

        if (result.KeptState is { } state)
        {
            writer.WriteString("keptState"u8, state);
        }

        writer.WriteEndObject();
    }

    public static ActionResult Read(ref Utf8JsonReader reader) => Read(ref reader, new ResultDraft());

    /// <summary>Reads all but the key's components, which are most of a result; they are checked all the same.</summary>
    public static ActionResult ReadWithoutComponents(ref Utf8JsonReader reader) => Read(ref reader, new ResultDraft { IsWithoutComponents = true });

    private static ActionResult Read(ref Utf8JsonReader reader, ResultDraft draft)
    {
        reader.EnterObject();
        while (reader.NextMember())
        {
            _ = draft.TakeNeeded(ref reader) || draft.TakeMeasured(ref reader) || draft.TakeOther(ref reader) || reader.Refuse();
        }

        return draft.Finish();
    }
}
