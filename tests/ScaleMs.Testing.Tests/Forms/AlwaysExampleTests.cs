using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>The example of the section "Steps that run always" in the documents.</summary>
public sealed class AlwaysExampleTests
{
    [Fact]
    public void Study_OfAServerThatChanges_ReportsOnlyWhatIsNew()
    {
        var study = WorkflowTest.Of(Define);
        var (entries, inputs) = ("1CRN\n", new List<string?>());
        study.Script("workflow/look", step =>
        {
            inputs.Add(step.Input);
            step.Write("entries.txt", entries);
            step.Log($$$"""{"state":{"visits":{{{inputs.Count}}}}}""");
            return ScriptedEnd.After(1);
        });
        study.Run().Executed("workflow/look", "workflow/report");
        study.Run().Executed("workflow/look");
        entries = "1CRN\n1UBQ\n";
        study.Run().Executed("workflow/look", "workflow/report");

        string[] expected = ["""{"kind":"protein","state":{}}""", """{"kind":"protein","state":{"visits":1}}""", """{"kind":"protein","state":{"visits":2}}"""];
        Assert.Equal(expected, inputs);
    }

    private static void Define(StepBuilder steps)
    {
        var look = steps.Step("look").Tool("archive").Run("archive", "list")
            .Contract(new { kind = "protein" }).KeepsState().Always()
            .Output("entries.txt");
        steps.Step("report").Input("entries.txt", look.File("entries.txt"))
            .Tool("report").Run("report", "entries.txt").Output("report.txt", publish: "report.txt");
    }
}
