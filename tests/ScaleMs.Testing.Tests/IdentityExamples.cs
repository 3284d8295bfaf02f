using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>The examples of the documents, a kind of identity each: what is spared when the same step makes something else.</summary>
public sealed class IdentityExamples
{
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private int _round;

    public IdentityExamples()
    {
        _made["run.log"] = "# begun at 10:00\nsteps 50\n";
        _made["energy.xvg"] = "@ s0 legend \"Pressure\"\n@ s1 legend \"Density\"\n0 1.013 990.2\n";
        _made["run.top"] = "; made at 10:00\nSOL 213\n";
        _made["state.cpt"] = "1";
    }

    [Theory]
    [InlineData("run.log", "# begun at 11:30\nsteps 50\n")]
    [InlineData("energy.xvg", "@ s0 legend \"Pressure\"\n@ s1 legend \"Density\"\n0 4.7 990.203\n")]
    [InlineData("run.top", "; made at 11:30\nSOL 213\n")]
    public void Example_SomethingThatDoesNotCount_SparesTheReaders(string file, string text)
    {
        var study = Study();
        study.Run();
        (_made[file], _round) = (text, 1);
        study.Run().Executed("workflow/run", "workflow/resume");
    }

    [Theory]
    [InlineData("run.log", "# begun at 10:00\nsteps 60\n")]
    [InlineData("energy.xvg", "@ s0 legend \"Pressure\"\n@ s1 legend \"Density\"\n0 1.013 990.3\n")]
    [InlineData("run.top", "; made at 10:00\nSOL 214\n")]
    public void Example_SomethingThatCounts_ReachesTheReaders(string file, string text)
    {
        var study = Study();
        study.Run();
        (_made[file], _round) = (text, 1);
        study.Run().Executed("workflow/report", "workflow/resume", "workflow/run");
    }

    /// <summary>On the machine in memory a filter is a script; this one does what the awk program does.</summary>
    private WorkflowTest Study()
    {
        var study = Scripted();
        study.Host.Launcher.Filter = filter => string.Concat(filter.Text.Split('\n').Where(line => !line.StartsWith(';')).Select(line => line + "\n"));
        return study;
    }

    private WorkflowTest Scripted() => WorkflowTest.Of(Define).Script("workflow/run", step =>
    {
        step.Outputs.ToList().ForEach(output => step.Write(output, _made[output]));
        return ScriptedEnd.Done;
    });

    private void Define(StepBuilder steps)
    {
        var run = steps.Step("run").Tool("md").Run("md").Parameter("round", _round)
            // A pure function of the bytes: remarks do not count.
            .Output("run.log", ContentIdentity.Text.Without("^#"))
            // A table that counts as the former one while each number is near enough; pressure fluctuates more.
            .Output("energy.xvg", new ToleranceIdentity(absolute: 0.005).Column("Pressure", absolute: 5))
            // What a command prints of the file: a filter for those who have one.
            .Output("run.top", new FilterCommand("awk", "!/^;/"))
            // A file that never repeats: the action that made it stands for it.
            .Output("state.cpt", new OutputIdentity.OfAction());
        steps.Step("report").Tool("sh").Run("sh", "report").Input("run.log", run.File("run.log")).Input("energy.xvg", run.File("energy.xvg")).Input("run.top", run.File("run.top")).Output("report.txt");
        steps.Step("resume").Tool("md").Run("md", "resume").Input("state.cpt", run.File("state.cpt")).Output("more.txt");
    }
}
