using System.Globalization;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Estimates;
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
                yield return Line(Word(step.Kind), $"{step.Step.Id}: {step.Reason.Text}{Time(step.Predicted)}");
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
            yield return Line(Word(PlanKind.UpToDate), $"{task}: {Human.Count(count, "step")}");
        }

        yield return Counts();
        if (estimate is { } known && plan.Any(step => step.Runs))
        {
            yield return Times(known);
        }
    }

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

    private string Counts()
    {
        var by = new int[Enum.GetValues<PlanKind>().Length];
        foreach (var step in plan)
        {
            by[(int)step.Kind]++;
        }

        var told = Enum.GetValues<PlanKind>().Where(kind => by[(int)kind] > 0 || kind is not (PlanKind.LeftOut or PlanKind.Blocked));
        return $"plan: {string.Join(", ", told.Select(kind => by[(int)kind].ToString(CultureInfo.InvariantCulture) + " " + Word(kind)))}{(Open.Count > 0 ? ", and what is unknown" : string.Empty)}";
    }

    private static string Times(PlanEstimate estimate)
    {
        var unknown = estimate.Unknown > 0 ? $"; the time of {Human.Count(estimate.Unknown, "step")} is unknown and not counted" : string.Empty;
        return $"time: {Human.Duration(estimate.CertainSeconds)} to execute, {Human.Duration(estimate.CertainSeconds + estimate.PossibleSeconds)} with all that may run; " +
            $"about {Human.Duration(estimate.ElapsedSeconds)} with {Human.Count(estimate.Jobs, "job")}, the longest chain takes {Human.Duration(estimate.PathSeconds)}{unknown}";
    }
}
