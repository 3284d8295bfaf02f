using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Files;

/// <summary>The JSON form of one event. Names are a contract: add, never rename.</summary>
internal static class EventJson
{
    /// <summary>Writes the object of an event.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="runEvent">The event.</param>
    /// <param name="expected">Durations from history, which are told with the instances that will run, not with those that will not.</param>
    public static void Write(Utf8JsonWriter json, RunEvent runEvent, IReadOnlyDictionary<StepId, double>? expected)
    {
        json.WriteStartObject();
        json.WriteString("type", TypeOf(runEvent));
        json.WriteString("at", runEvent.At);
        WriteMembers(json, runEvent, expected);
        json.WriteEndObject();
    }

    private static string TypeOf(RunEvent runEvent) => runEvent switch
    {
        RunEvent.Started => "started",
        RunEvent.Defined => "defined",
        RunEvent.Expanded => "expanded",
        RunEvent.Planned => "planned",
        RunEvent.StepStarted => "stepStarted",
        RunEvent.StepRetrying => "stepRetrying",
        RunEvent.StepFollowing => "stepFollowing",
        RunEvent.StepLogged => "stepLogged",
        RunEvent.StepProgressed => "stepProgressed",
        RunEvent.StepFinished => "stepFinished",
        RunEvent.TaskStarted => "taskStarted",
        RunEvent.TaskFinished => "taskFinished",
        RunEvent.Noticed => "noticed",
        RunEvent.Traced => "traced",
        RunEvent.UpToDate => "upToDate",
        RunEvent.CaughtUp => "caughtUp",
        RunEvent.Finished => "finished",
        _ => throw new InvalidOperationException($"Unknown event {runEvent.GetType().Name}."),
    };

    private static void WriteMembers(Utf8JsonWriter json, RunEvent runEvent, IReadOnlyDictionary<StepId, double>? expected)
    {
        switch (runEvent)
        {
            case RunEvent.Started started:
                json.WriteString("run", started.RunId);
                json.WriteString("target", started.Target);
                json.WriteString("workspace", started.Workspace);
                break;
            case RunEvent.Defined defined:
                json.WriteNumber("instances", defined.Instances);
                break;
            case RunEvent.Expanded expanded:
                json.WriteString("task", expanded.Task);
                WriteIds(json, "instances", [.. expanded.Steps.Select(step => step.Id)]);
                json.WriteNumber("continuations", expanded.Continuations);
                WriteExpected(json, expanded.Steps.Select(step => step.Id), expanded.Expected);
                break;
            case RunEvent.Planned planned:
                WriteIds(json, "certain", planned.Certain);
                WriteIds(json, "possible", planned.Possible);
                WriteExpected(json, planned.Certain.Concat(planned.Possible), planned.Expected ?? expected);
                break;
            case RunEvent.Noticed noticed:
                json.WriteString("code", noticed.Code);
                json.WriteString("text", noticed.Text);
                break;
            case RunEvent.Traced traced:
                TraceJson.Write(json, traced);
                break;
            case RunEvent.UpToDate upToDate:
                json.WriteString("task", upToDate.Task);
                json.WriteNumber("steps", upToDate.Steps);
                ResultJson.WriteSeconds(json, "savedSeconds", upToDate.SavedSeconds);
                break;
            case RunEvent.CaughtUp caughtUp:
                WriteCaughtUp(json, caughtUp);
                break;
            case RunEvent.Finished finished:
                ResultJson.WriteRun(json, finished.Summary);
                break;
            default:
                WriteStepOrTask(json, runEvent);
                break;
        }
    }

    private static void WriteStepOrTask(Utf8JsonWriter json, RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.StepStarted started:
                json.WriteString("id", started.Step.ToString());
                json.WriteString("reason", started.Reason.Text);
                json.WriteString("reasonCode", started.Reason.Code);
                json.WriteNumber("attempt", started.Attempt);
                json.WriteBoolean("isContinued", started.IsContinued);
                break;
            case RunEvent.StepRetrying retrying:
                RetryJson.Write(json, retrying);
                break;
            case RunEvent.StepFollowing following:
                json.WriteString("id", following.Step.ToString());
                json.WriteString("leader", following.Leader);
                break;
            case RunEvent.StepLogged logged:
                LogJson.Write(json, logged);
                break;
            case RunEvent.StepProgressed progressed:
                WriteProgress(json, progressed);
                break;
            case RunEvent.StepFinished finished:
                WriteFinished(json, finished.Result);
                break;
            case RunEvent.TaskStarted started:
                json.WriteString("task", started.Task);
                break;
            case RunEvent.TaskFinished finished:
                json.WriteString("task", finished.Task);
                json.WriteString("outcome", finished.Outcome.ToString());
                ResultJson.WriteSeconds(json, "wallSeconds", finished.WallSeconds);
                break;
            default:
                break;
        }
    }

    private static void WriteProgress(Utf8JsonWriter json, RunEvent.StepProgressed progressed)
    {
        json.WriteString("id", progressed.Step.ToString());
        json.WriteNumber("done", progressed.Progress.Done);
        json.WriteNumber("total", progressed.Progress.Total);
        json.WriteString("unit", progressed.Progress.Unit);
        json.WriteString("rate", progressed.Progress.Rate);
    }

    /// <summary>The members of the summary first; then what only the log keeps.</summary>
    private static void WriteFinished(Utf8JsonWriter json, StepResult result)
    {
        ResultJson.WriteStep(json, result);
        json.WriteString("reasonCode", result.Reason.Code);
        json.WriteBoolean("isContinued", result.IsContinued);
        if (result.Outcome is Outcome.Restored)
        {
            ResultJson.WriteSeconds(json, "savedSeconds", result.RecordedSeconds);
        }

        if (result.Failure is { } failure)
        {
            json.WriteString("command", failure.Command);
            json.WriteString("log", failure.LogPath);
        }
    }

    private static void WriteCaughtUp(Utf8JsonWriter json, RunEvent.CaughtUp caughtUp)
    {
        json.WriteNumber("settled", caughtUp.Settled);
        json.WriteNumber("ran", caughtUp.Ran);
        ResultJson.WriteSeconds(json, "ranSeconds", caughtUp.RanSeconds);
        json.WriteNumber("widest", caughtUp.Widest);
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IReadOnlyList<StepId> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteStringValue(id.ToString());
        }

        json.WriteEndArray();
    }

    private static void WriteExpected(Utf8JsonWriter json, IEnumerable<StepId> ids, IReadOnlyDictionary<StepId, double>? expected)
    {
        json.WriteStartObject("expectedSeconds");
        foreach (var id in ids.Where(id => expected?.ContainsKey(id) ?? false))
        {
            ResultJson.WriteSeconds(json, id.ToString(), expected![id]);
        }

        json.WriteEndObject();
    }
}
