using System.Globalization;
using System.Text.Json;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>A step that counts its runs in its state, and writes the count into its output: the two never tell different things.</summary>
public sealed class KeptStateCrashTests
{
    private static readonly StepId Counter = StepId.Parse("workflow/count");
    private static readonly ArtifactPath Out = ArtifactPath.Parse("n.txt");

    [Fact]
    public void Crash_AtEveryChange_LeavesResultAndStateOfOneAttempt()
    {
        var changes = Counted().Run().Run.Changes;
        for (var change = 1; change <= changes; change++)
        {
            var study = Counted();
            Assert.True(study.Run(new SimulatedRunOptions { CrashAtChange = change }).Run.HasCrashed, $"change {change}");
            var kept = Kept(study);
            Assert.InRange(kept, 1, 2);
            study.Run().Executed("workflow/count");
            Assert.Equal(kept + 1, Kept(study));
            Assert.Equal($"{kept + 1}", study.Text("results/n.txt"));
        }
    }

    /// <summary>Folding the journal, as an index does, and reading it again gives the same state.</summary>
    [Fact]
    public void Snapshot_OfTheRecords_HoldsTheState()
    {
        var study = Counted();
        var again = new StoreState();
        Folded(study).Snapshot().ToList().ForEach(again.Apply);
        Assert.Equal("""{"n":1}""", again.Results[again.Steps[Counter].Key].KeptState);
    }

    /// <summary>A study that ran once.</summary>
    private static WorkflowTest Counted()
    {
        var study = WorkflowTest.Of(steps => steps.Step("count").Tool("count").Run("count").Contract().KeepsState().Always().Output("n.txt", publish: "results/n.txt"));
        study.Script("workflow/count", step =>
        {
            using var input = JsonDocument.Parse(step.Input!);
            var n = (input.RootElement.GetProperty("state").TryGetProperty("n", out var before) ? before.GetInt32() : 0) + 1;
            step.Write("n.txt", n.ToString(CultureInfo.InvariantCulture));
            step.Log($$$"""{"state":{"n":{{{n}}}}}""");
            return ScriptedEnd.After(1);
        });
        study.Run().Executed("workflow/count");
        return study;
    }

    /// <summary>The count that the step stands at; its recorded output must hold the same.</summary>
    private static int Kept(WorkflowTest study)
    {
        var state = Folded(study);
        var result = state.Results[state.Steps[Counter].Key];
        using var kept = JsonDocument.Parse(result.KeptState!);
        var n = kept.RootElement.GetProperty("n").GetInt32();
        Assert.Equal(Digest.OfText(n.ToString(CultureInfo.InvariantCulture)), result.OutputAt(Out).Bytes);
        return n;
    }

    private static StoreState Folded(WorkflowTest study)
    {
        var state = new StoreState();
        study.Host.Store.Journal.ToList().ForEach(state.Apply);
        return state;
    }
}
