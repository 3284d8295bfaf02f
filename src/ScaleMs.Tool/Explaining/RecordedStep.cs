using System.Globalization;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Wording;
using ScaleMs.Store;
using ScaleMs.Store.Database;
using ScaleMs.Store.Maintenance;
using ScaleMs.Tool.Wording;

namespace ScaleMs.Tool.Explaining;

/// <summary>What the records say of one step, without the workflow: when and where it was made, of what, and why then.</summary>
/// <param name="State">What it stands at.</param>
/// <param name="Result">The result under that key; null when its record is gone.</param>
/// <param name="Last">The newest kept run in which it was not up to date; null when none is kept.</param>
/// <param name="Run">That run's id.</param>
/// <param name="Why">How the result came to differ from the one before.</param>
internal sealed record RecordedStep(StepStateRecord? State, ActionResult? Result, KeptStep? Last, string? Run, IReadOnlyList<Cause> Why)
{
    /// <summary>Looks a step up; null when nothing is recorded of it.</summary>
    public static RecordedStep? Find(StoreReading store, StepId step)
    {
        var state = store.Records.FindState(step);
        var result = state is null ? null : store.Records.FindResult(state.Key);
        var last = LastOf(store, step);
        return state is null && last is null ? null : new RecordedStep(state, result, last?.Step, last?.Run, result is null ? [] : Causes(store.Records, result));
    }

    /// <summary>That nothing is recorded, with the nearest name of those that have records.</summary>
    public static string Unknown(string step, string workspace, OpenOptions options)
    {
        using var database = JournalDatabase.Open(workspace, options.DirectoryName);
        var near = Nearest.To(step, database.State.Steps.Keys.Select(known => known.ToString()));
        return $"nothing is recorded of a step '{step}'{(near is null ? string.Empty : $"; the nearest name is '{near}'")}";
    }

    /// <summary>As an explanation.</summary>
    public Explanation Explain(StepId step) => new(step, Stands(), [.. Failed(), .. Result is { } result ? OfResult(result) : [new Cause("the record of its last result is gone")]]);

    private string Stands() => State is { } state ? $"recorded in run {state.RunId}, {Time(state.At)}, key {state.Key.Brief}" : "has no recorded result";

    private IEnumerable<Cause> Failed() => Last is { Failure: { } failure } last && string.CompareOrdinal(Run, State?.RunId) > 0
        ? [new Cause($"{last.Outcome.ToLowerInvariant()} in run {Run}: {failure}", [new Cause(last.Reason)])]
        : [];

    private IEnumerable<Cause> OfResult(ActionResult result) =>
    [
        new Cause(result.ImportedFrom is not null
            ? $"{ImportReasons.Text(result)}, {Time(result.FinishedAt)}, for {result.Step}"
            : $"made by {result.Step} in run {result.RunId}, {Time(result.FinishedAt)}, on {result.Host} ({result.Launcher}) in {Human.Duration(result.WallSeconds)}{Continued(result)}"),
        .. result.Attempts.Select(attempt => new Cause(AttemptText(attempt))),
        .. Kept(result),
        .. Why,
        .. ComparedText.Of(result),
        new Cause("made of", [.. result.Components.Where(component => !KeyNote.Is(component.Name)).Select(Part)]),
        new Cause("outputs", [.. result.Outputs.Select(output => new Cause(output.IsAbsent ? $"{output.Path} absent" : $"{output.Path} {output.Bytes.Brief}, {Size.Of(output.Length)}"))]),
    ];

    private static IEnumerable<Cause> Kept(ActionResult result) => result.KeptState is { } state
        ? [new Cause($"keeps for its next run: {(state.Length > LongestState ? state[..LongestState] + "…" : state).ReplaceLineEndings(" ")}")]
        : [];

    private static string AttemptText(AttemptRecord attempt) => string.Create(
        CultureInfo.InvariantCulture, $"attempt {attempt.Number}: {attempt.Outcome} after {Human.Duration(attempt.WallSeconds)}, begun {Time(attempt.StartedAt)}{Facts(attempt)}");

    private static string Facts(AttemptRecord attempt) => string.Concat(
        attempt.ExitCode == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", exit code {attempt.ExitCode}"),
        attempt.PeakMemoryBytes <= 0 ? string.Empty : $", peak {Size.Of(attempt.PeakMemoryBytes)}",
        attempt.GrantedBytes <= 0 ? string.Empty : $", given {Size.Of(attempt.GrantedBytes)}",
        attempt.GrantedSeconds <= 0 ? string.Empty : $", limit {Human.Duration(attempt.GrantedSeconds)}");

    private static Cause Part(KeyComponent component) => new($"{component.Name} {component.Value}");

    private static string Continued(ActionResult result) => result.IsContinued ? ", continued from a checkpoint" : string.Empty;

    private static IReadOnlyList<Cause> Causes(RecordLookup records, ActionResult result)
    {
        var chain = new RecordChain(step => records.ResultsOf(step));
        return chain.Before(result) is { } before
            ? [new Cause($"differs from the result of run {before.RunId}, {Time(before.FinishedAt)}", chain.Between(before, result.Step, result.Components))]
            : [];
    }

    private static (string Run, KeptStep Step)? LastOf(StoreReading store, StepId step)
    {
        foreach (var run in store.Summaries.Take(MostRuns).Select(SummaryReader.TryRead).OfType<KeptRun>())
        {
            if (run.Steps.FirstOrDefault(kept => kept.Id == step) is { } found)
            {
                return (run.Id, found);
            }
        }

        return null;
    }

    /// <summary>More of a state is a file of its own, and nobody reads it here.</summary>
    private const int LongestState = 200;

    /// <summary>A failure that is older than these is hardly the question.</summary>
    private const int MostRuns = 10;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
