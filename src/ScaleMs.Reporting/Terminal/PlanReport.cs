using System.Globalization;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Core.Records;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Tells a plan: what would be done with each instance, why, how long it would take, and how much it is in all.</summary>
/// <remarks>Ids and reasons are made safe to print. Instances that are up to date make one line a task, unless all are wanted.</remarks>
/// <param name="plan">The plan.</param>
/// <param name="estimate">How long it takes in all; null for no such line.</param>
/// <param name="verbosity">How much is told.</param>
public sealed class PlanReport(IReadOnlyList<PlannedStep> plan, PlanEstimate? estimate, ReportVerbosity verbosity = ReportVerbosity.Normal)
{
    /// <summary>Where it is unknown which steps follow.</summary>
    public IReadOnlyList<PlanOpening> Open { get; init; } = [];

    /// <summary>The lines, without line ends.</summary>
    /// <returns>Instances in the order of the plan, then what is unknown, then what is up to date, then the sums.</returns>
    public IEnumerable<string> Lines()
    {
        var tasks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in plan)
        {
            if (step.Kind != PlanKind.UpToDate || verbosity == ReportVerbosity.Verbose)
            {
                yield return Line(Word(step.Kind), $"{step.Step.Id}: {step.Reason.Text}{Time(step.Predicted)}{Attempts(step.FormerAttempts)}");
            }
            else
            {
                tasks[step.Step.Id.Task] = tasks.GetValueOrDefault(step.Step.Id.Task) + 1;
            }
        }

        foreach (var opening in PlanOpening.Counted(Open))
        {
            yield return Line("unknown", opening.ToString());
        }

        foreach (var (task, count) in tasks)
        {
            yield return Line(task, count);
        }

        yield return Counts(CountByKind(plan), Open.Count > 0);
        if (estimate is { } known && plan.Any(step => step.Runs))
        {
            yield return Times(known);
        }
    }

    /// <summary>What a plan counts of each task when all of it is up to date and known; else nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="steps">How many instances there are.</param>
    /// <returns>Counts in the order in which <see cref="Lines()"/> tells them.</returns>
    public static IReadOnlyList<TaskCount> UpToDate(IReadOnlyList<PlannedStep> plan, int steps)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Count == steps && plan.All(step => step.Kind == PlanKind.UpToDate)
            ? [.. plan.GroupBy(step => step.Step.Id.Task, StringComparer.Ordinal).Select(task => new TaskCount(task.Key, task.Count()))]
            : [];
    }

    /// <summary>The lines of a plan in which everything is up to date: those that <see cref="Lines()"/> gives.</summary>
    /// <param name="tasks">How many instances each task has.</param>
    /// <returns>The lines, without line ends.</returns>
    public static IReadOnlyList<string> Lines(IReadOnlyList<TaskCount> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var by = new int[Enum.GetValues<PlanKind>().Length];
        var lines = new List<string>();
        foreach (var task in tasks)
        {
            by[(int)PlanKind.UpToDate] += task.Steps;
            lines.Add(Line(task.Task, task.Steps));
        }

        lines.Add(Counts(by, isOpen: false));
        return lines;
    }

    private static string Line(string task, int count) => Line(Word(PlanKind.UpToDate), $"{task}: {Human.Count(count, "step")}");

    private static string Line(string verb, string text) => $"{verb,-10} {Printable.Of(text)}";

    private static string Word(PlanKind kind) => kind switch
    {
        PlanKind.UpToDate => "up to date",
        PlanKind.Restore => "restore",
        PlanKind.Certain => "execute",
        PlanKind.Possible => "perhaps",
        PlanKind.LeftOut => "left out",
        _ => "blocked",
    };

    private static string Time(Prediction? predicted) => predicted switch
    {
        null => string.Empty,
        { Seconds: null } => " (time unknown)",
        { Seconds: { } seconds, Origin: PredictionOrigin.Siblings } => $" (about {Human.Duration(seconds)}, as other members)",
        { Seconds: { } seconds, Origin: PredictionOrigin.Task } => $" (about {Human.Duration(seconds)}, as others of its task)",
        { Seconds: { } seconds } => $" (about {Human.Duration(seconds)})",
    };

    /// <summary>The predicted time is that of the attempt that succeeded.</summary>
    private static string Attempts(int count) => count > 1 ? string.Create(CultureInfo.InvariantCulture, $" (took {count} attempts last time)") : string.Empty;

    private static int[] CountByKind(IReadOnlyList<PlannedStep> plan)
    {
        var by = new int[Enum.GetValues<PlanKind>().Length];
        foreach (var step in plan)
        {
            by[(int)step.Kind]++;
        }

        return by;
    }

    private static string Counts(int[] by, bool isOpen)
    {
        var told = Enum.GetValues<PlanKind>().Where(kind => by[(int)kind] > 0 || kind is not (PlanKind.LeftOut or PlanKind.Blocked));
        return $"plan: {string.Join(", ", told.Select(kind => by[(int)kind].ToString(CultureInfo.InvariantCulture) + " " + Word(kind)))}{(isOpen ? ", and what is unknown" : string.Empty)}";
    }

    private static string Times(PlanEstimate estimate)
    {
        var unknown = estimate.Unknown > 0 ? $"; the time of {Human.Count(estimate.Unknown, "step")} is unknown and not counted" : string.Empty;
        return $"time: {Human.Duration(estimate.CertainSeconds)} to execute, {Human.Duration(estimate.CertainSeconds + estimate.PossibleSeconds)} with all that may run; " +
            $"about {Human.Duration(estimate.ElapsedSeconds)} with {Human.Count(estimate.Jobs, "job")}, the longest chain takes {Human.Duration(estimate.PathSeconds)}{unknown}";
    }
}
