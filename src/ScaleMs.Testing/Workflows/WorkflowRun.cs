using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;

namespace ScaleMs.Testing;

/// <summary>What came of a run of a <see cref="WorkflowTest"/>; each assertion returns it again.</summary>
public sealed class WorkflowRun
{
    internal WorkflowRun(SimulatedRun run) => Run = run;

    /// <summary>The run in detail.</summary>
    public SimulatedRun Run { get; }

    /// <summary>Ids of the steps that ran, in order.</summary>
    public IReadOnlyList<string> ExecutedSteps => Names(Outcome.Executed);

    /// <summary>Asserts that exactly these steps ran, and that nothing failed.</summary>
    /// <param name="steps">Their ids, in any order.</param>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowAssertionException">Others ran, or something failed.</exception>
    public WorkflowRun Executed(params string[] steps)
    {
        Check(Run.HasCrashed, "the run was to end, but the host crashed");
        var failed = Names(Outcome.Failed);
        Check(failed.Count > 0, $"nothing was to fail, but these did: {Told(Outcome.Failed)}");
        var wanted = steps.Order(StringComparer.Ordinal).ToList();
        Check(!wanted.SequenceEqual(ExecutedSteps), $"these steps were to run: {List(wanted)}\nthese ran: {Told(Outcome.Executed)}");
        return this;
    }

    /// <summary>Asserts that nothing ran, nothing failed, and no file was put back.</summary>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowAssertionException">Something did; the message tells each step and its reason.</exception>
    public WorkflowRun ExecutesNothing()
    {
        Executed();
        Check(Names(Outcome.Restored).Count > 0, $"everything was to be up to date, but these were restored: {Told(Outcome.Restored)}");
        return this;
    }

    /// <summary>Asserts that exactly these steps failed.</summary>
    /// <param name="steps">Their ids, in any order.</param>
    /// <returns>This run.</returns>
    /// <exception cref="WorkflowAssertionException">Others failed, or none.</exception>
    public WorkflowRun Fails(params string[] steps)
    {
        var wanted = steps.Order(StringComparer.Ordinal).ToList();
        Check(!wanted.SequenceEqual(Names(Outcome.Failed)), $"these steps were to fail: {List(wanted)}\nthese did: {Told(Outcome.Failed)}");
        return this;
    }

    private List<string> Names(Outcome outcome) => Run.Of(outcome).Select(id => id.ToString()).Order(StringComparer.Ordinal).ToList();

    private string Told(Outcome outcome) => List(Run.Results.Where(result => result.Outcome == outcome).Select(Tell).Order(StringComparer.Ordinal).ToList());

    private static string Tell(StepResult result) => $"{result.Id} ({result.Failure?.Message ?? result.Reason.Text})";

    private static string List(List<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);

    private static void Check(bool isWrong, string message)
    {
        if (isWrong)
        {
            throw new WorkflowAssertionException(message);
        }
    }
}
