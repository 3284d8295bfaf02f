using System.Text.Json;
using System.Text.Json.Nodes;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>The state that a step keeps between its runs, in one attempt: what it is given, and what it gives back.</summary>
/// <remarks>
/// Commands get it as the member <c>state</c> of the JSON on the last one's standard input, and give it back by a log record with such a member; a
/// function gets and gives it by files beside its private directory. Nothing of it counts before the attempt has succeeded.
/// </remarks>
/// <param name="before">What the step kept when it last succeeded; null for nothing.</param>
internal sealed class KeptStateOfAttempt(string? before)
{
    public const string Member = "state";

    private string? _given;
    private string? _problem;

    /// <summary>What is kept when the attempt succeeds; null for nothing.</summary>
    public string? Next => _given == KeptStates.None ? null : _given ?? before;

    /// <summary>The standard input of a command, with the state in it.</summary>
    /// <param name="parameters">The declared one: a JSON object, or null.</param>
    public string InputOf(string? parameters)
    {
        var input = parameters is null ? [] : JsonNode.Parse(parameters)!.AsObject();
        input[Member] = JsonNode.Parse(before ?? KeptStates.None);
        return input.ToJsonString();
    }

    /// <summary>Listens to a record of the log; the last state of an attempt counts.</summary>
    /// <returns>Whether it was a state and nothing else, so that it is no message.</returns>
    public bool Hear(string record)
    {
        record = LogRecordReader.BodyOf(record);
        if (!record.StartsWith('{'))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(record);
            return Take(document.RootElement);
        }
        catch (JsonException)
        {
            _problem = record.Length > KeptStates.LongestBytes ? "is longer than 64 KiB" : IsMeantAsState(record) ? "is no JSON" : _problem;
            return false;
        }
    }

    /// <summary>Writes the files by which a function gets its state.</summary>
    public void Put(IDisk disk, string attempt) => disk.WriteText(Path.Combine(attempt, FunctionLaunch.StateFile), before ?? KeptStates.None);

    /// <summary>Reads what a function gave back.</summary>
    public void Take(IDisk disk, string attempt)
    {
        var file = Path.Combine(attempt, FunctionLaunch.NextStateFile);
        if (disk.Stat(file) is { IsFile: true } stat)
        {
            Give(stat.Length > KeptStates.LongestBytes ? new string(' ', KeptStates.LongestBytes + 1) : disk.ReadText(file));
        }
    }

    /// <summary>The failure of an attempt whose state cannot be kept; null when it can, or gave none.</summary>
    /// <param name="step">The step.</param>
    public Failure? Check(StepInstance step) =>
        _problem is not null ? Refused(step, _problem)
        // A mask that stands in it would be taken for what the step meant.
        : step.Secrets.Count > 0 && _given?.Contains("***", StringComparison.Ordinal) == true ? Refused(step, "holds '***', which stands for a secret")
        : null;

    private static Failure Refused(StepInstance step, string problem) => new(FailureClass.ToolError, $"the state that step '{step.Id}' gave back {problem}; nothing of it was kept");

    private bool Take(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty(Member, out var state))
        {
            return false;
        }

        Give(state.GetRawText());
        return record.EnumerateObject().Count() == 1;
    }

    private void Give(string text) => (_given, _problem) = (text, KeptStates.ProblemOf(text));

    private static bool IsMeantAsState(string record) => record[1..].TrimStart().StartsWith($"\"{Member}\"", StringComparison.Ordinal);
}
