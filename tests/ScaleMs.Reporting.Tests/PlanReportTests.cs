using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class PlanReportTests
{
    private static readonly PlannedStep[] Plan =
    [
        Line("prepare/topology", PlanKind.UpToDate, "unchanged since run 1"),
        Line("prepare/solvate", PlanKind.UpToDate, "unchanged since run 1"),
        Line("simulate[replica=1]", PlanKind.Restore, "this work was done in run 1"),
        Line("simulate[replica=2]", PlanKind.Certain, "Temperature in run.mdp: 300 → 310", new Prediction(72, PredictionOrigin.Itself)),
        Line("simulate[replica=3]", PlanKind.Certain, "never ran", new Prediction(70.5, PredictionOrigin.Siblings)),
        Line("simulate[\e[31mred\e[0m]", PlanKind.Certain, "never ran", Prediction.Unknown),
        Line("analyse/energy[replica=2]", PlanKind.Possible, "simulate[replica=2] runs first", new Prediction(0.04, PredictionOrigin.Task)),
        Line("analyse/table", PlanKind.LeftOut, "not selected, though not up to date: simulate[replica=2] runs first"),
        Line("report", PlanKind.Blocked, "needs analyse/table, which is not selected, though not up to date: never ran"),
    ];

    private static readonly PlanEstimate Estimate = new(142.5, 0.04, 72.04, 72.04, 2, 1);

    [Fact]
    public void Plan_OfAllKinds_IsToldWithTimesAndSums() => Snapshot.Match(Told(Plan, Estimate, ReportVerbosity.Normal));

    [Fact]
    public void Plan_Verbose_ListsWhatIsUpToDate() => Snapshot.Match(Told(Plan, Estimate, ReportVerbosity.Verbose));

    [Fact]
    public void Plan_WithNothingToDo_IsALineATaskAndTheSum() => Snapshot.Match(Told(Plan[..2], new PlanEstimate(0, 0, 0, 0, 2, 0), ReportVerbosity.Normal));

    [Fact]
    public void Plan_OfAStepThatTookSeveralAttempts_SaysSo() => Assert.StartsWith(
        "execute    simulate[replica=2]: Temperature in run.mdp: 300 → 310 (about 1 min 12 s) (took 3 attempts last time)\n", Told([Plan[3] with { FormerAttempts = 3 }], Estimate, ReportVerbosity.Normal), StringComparison.Ordinal);

    [Fact]
    public void Plan_RememberedAsCounts_IsToldInTheSameWords()
    {
        PlannedStep[] plan = [.. Plan[..2], Line("analyse", PlanKind.UpToDate, "unchanged since run 2")];

        Assert.Equal(new PlanReport(plan, null).Lines(), PlanReport.Lines(PlanReport.UpToDate(plan, 3)));
        Assert.Empty(PlanReport.UpToDate(plan, 4));
        Assert.Empty(PlanReport.UpToDate(Plan, Plan.Length));
    }

    private static string Told(IReadOnlyList<PlannedStep> plan, PlanEstimate estimate, ReportVerbosity verbosity) => string.Join('\n', new PlanReport(plan, estimate, verbosity).Lines()) + "\n";

    private static PlannedStep Line(string id, PlanKind kind, string reason, Prediction? predicted = null) =>
        new(new StepInstance { Id = StepId.Parse(id), Operation = new Operation.Commands([]) }, kind, new Reason("code", reason)) { Predicted = predicted };
}
