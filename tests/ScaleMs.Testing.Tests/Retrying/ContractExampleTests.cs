using ScaleMs.Core.Events;
using Xunit;

namespace ScaleMs.Testing.Tests.Retrying;

/// <summary>The example of the section "Programs that keep the contract" in the documents.</summary>
public sealed class ContractExampleTests
{
    [Fact]
    public void Program_ThatKeepsTheContract_IsHeardAndTriedAgain()
    {
        var study = WorkflowTest.Of(Define).Script("workflow/measure", step =>
        {
            step.Log(step.Attempt == 1 ? "<3>the instrument is busy" : """{"level":"info","message":"measured","points":200}""");
            return step.Attempt == 1 ? ScriptedEnd.Fails(Step.LaterExitCode) : StepScripts.DigestOfInputs(step);
        });
        var run = study.Run().Executed("workflow/measure").Run;
        Assert.Equal(
            [(LogLevel.Warning, "the instrument is busy"), (LogLevel.Info, "measured")],
            run.Events.OfType<RunEvent.StepLogged>().Select(logged => (logged.Record.Level, logged.Record.Text)));
        study.Run().ExecutesNothing();
    }

    private static void Define(StepBuilder steps)
    {
        steps.Step("measure").Tool("measure")
            .Run("measure").OutputTo("curve.json")
            .Contract(new { temperature = 300.0, points = 200 })
            .Output("curve.json", publish: "results/curve.json");
    }
}
