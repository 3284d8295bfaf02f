using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Testing.Tests.Retrying;

/// <summary>The example of the section "Trying again" in the documents.</summary>
public sealed class RetryExampleTests
{
    [Fact]
    public void Study_OnAnUnreliableSite_ComesToItsEnd()
    {
        var study = WorkflowTest.Of(Define);
        study.Script("workflow/fetch", step => step.Attempt < 3 ? ScriptedEnd.Fails(42) : StepScripts.DigestOfInputs(step));
        study.Script("workflow/simulate", step => step.Attempt switch
        {
            1 => ScriptedEnd.Ends(LaunchEnd.NodeLost),
            2 => StepScripts.DigestOfInputs(step) with { MemoryBytes = 3L << 30 },
            3 => ScriptedEnd.Fails(),
            _ => StepScripts.DigestOfInputs(step),
        });
        var result = study.Run().Executed("workflow/fetch", "workflow/simulate").Run.Results.Single(result => result.Id.Step == "simulate");

        Assert.Equal(["NodeLost", "OutOfMemory", "ToolError", "done"], result.Attempts.Select(attempt => attempt.Outcome));
        study.Run().ExecutesNothing();
    }

    private static void Define(StepBuilder steps)
    {
        var structure = steps.Step("fetch").Tool("fetch").Run("fetch", "1CRN").Output("start.gro")
            .RetriesOnExit(42, tries: 20, delay: "1m");
        steps.Step("simulate").Input("start.gro", structure.File("start.gro"))
            .Tool("simulate").Run("simulate", "start.gro").Output("run.gro", publish: "run.gro")
            .Checkpoint("state.cpt")
            .Resources(memory: "2 GiB", time: "01:00:00")
            .Retries(1, delay: "30s")
            .Grows(time: 2, memory: 1.5, mostTime: "08:00:00");
    }
}
