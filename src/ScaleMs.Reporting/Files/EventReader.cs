using System.Globalization;
using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;

namespace ScaleMs.Reporting.Files;

/// <summary>Reads what <see cref="EventJson"/> writes, as far as a view on a run needs it.</summary>
public static class EventReader
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The event; null for one that is damaged, or that only another version knows.</returns>
    public static RunEvent? TryRead(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return Of(json.RootElement);
        }
        catch (Exception cause) when (cause is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Reads the event of an object; null for one that only another version knows.</summary>
    internal static RunEvent? Of(JsonElement json)
    {
        var at = DateTimeOffset.Parse(ResultReader.Text(json, "at"), CultureInfo.InvariantCulture);
        var type = ResultReader.Text(json, "type");
        return type.StartsWith("step", StringComparison.Ordinal) ? OfStep(type, at, json) : OfRun(type, at, json);
    }

    private static RunEvent? OfRun(string type, DateTimeOffset at, JsonElement json) => type switch
    {
        "started" => new RunEvent.Started(at, Text(json, "run"), Text(json, "target"), Text(json, "workspace")),
        "defined" => new RunEvent.Defined(at, Number(json, "instances"), new Dictionary<StepId, double>()),
        "expanded" => new RunEvent.Expanded(at, Text(json, "task"), [.. Ids(json, "instances").Select(Instance)], Number(json, "continuations"), Expected(json)),
        "planned" => new RunEvent.Planned(at, [.. Ids(json, "certain")], [.. Ids(json, "possible")]) { Expected = Expected(json) },
        "taskStarted" => new RunEvent.TaskStarted(at, Text(json, "task")),
        "taskFinished" => new RunEvent.TaskFinished(at, Text(json, "task"), Enum.Parse<Outcome>(Text(json, "outcome")), ResultReader.Number(json, "wallSeconds")),
        "noticed" => new RunEvent.Noticed(at, Text(json, "code"), Text(json, "text")),
        "upToDate" => new RunEvent.UpToDate(at, Text(json, "task"), Number(json, "steps"), ResultReader.Number(json, "savedSeconds")),
        "caughtUp" => new RunEvent.CaughtUp(at, Number(json, "settled"), Number(json, "ran"), ResultReader.Number(json, "ranSeconds"), Number(json, "widest")),
        "finished" => new RunEvent.Finished(at, ResultReader.Run(json)),
        _ => null,
    };

    private static RunEvent? OfStep(string type, DateTimeOffset at, JsonElement json) => type switch
    {
        "stepStarted" => new RunEvent.StepStarted(at, Id(json), new Reason(Text(json, "reasonCode"), Text(json, "reason")), Number(json, "attempt"), ResultReader.Has(json, "isContinued")),
        "stepRetrying" => Retrying(at, json),
        "stepFollowing" => new RunEvent.StepFollowing(at, Id(json), Text(json, "leader")),
        "stepLogged" => new RunEvent.StepLogged(at, Id(json), new LogRecord(LogJson.LevelOf(Text(json, "level")), Text(json, "text"))),
        "stepProgressed" => new RunEvent.StepProgressed(at, Id(json), new Progress(json.GetProperty("done").GetInt64(), json.GetProperty("total").GetInt64(), Text(json, "unit"), Text(json, "rate"))),
        "stepFinished" => new RunEvent.StepFinished(at, ResultReader.Step(json)),
        _ => null,
    };

    private static RunEvent.StepRetrying Retrying(DateTimeOffset at, JsonElement json)
    {
        var granted = new Resources
        {
            MemoryBytes = (long)ResultReader.Number(json, "grantedBytes"),
            TimeLimit = ResultReader.Number(json, "grantedSeconds") is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var again = new RetryDecision.Again(TimeSpan.FromSeconds(ResultReader.Number(json, "delaySeconds")), granted, Number(json, "mostAttempts"));
        return new RunEvent.StepRetrying(at, Id(json), ResultReader.Failure(json) ?? throw new FormatException("a failed attempt without its failure"), again, Number(json, "attempt"));
    }

    /// <summary>Of an instance that was declared later only the name is passed on.</summary>
    private static StepInstance Instance(StepId id) => new() { Id = id, Operation = new Operation.Commands([]) };

    private static Dictionary<StepId, double> Expected(JsonElement json) =>
        json.GetProperty("expectedSeconds").EnumerateObject().ToDictionary(step => StepId.Parse(step.Name), step => step.Value.GetDouble());

    private static IEnumerable<StepId> Ids(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(id => StepId.Parse(id.GetString()!));

    private static StepId Id(JsonElement json) => StepId.Parse(json.GetProperty("id").GetString()!);

    private static string Text(JsonElement json, string name) => ResultReader.Text(json, name);

    private static int Number(JsonElement json, string name) => (int)ResultReader.Number(json, name);
}
