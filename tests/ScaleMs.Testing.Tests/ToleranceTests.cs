using System.Globalization;
using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>Outputs with a tolerance on the machine in memory, also when it crashes at any change.</summary>
public sealed class ToleranceTests
{
    private double _value = 1;
    private int _round;

    [Fact]
    public void Output_WithinTolerance_SparesItsReader()
    {
        var study = Measuring();
        study.Run().Executed("workflow/measure", "workflow/read");
        Measure(1.09);
        study.Run().Executed("workflow/measure");
        Assert.Equal("1\n", study.Text("results/copy.txt"));
        Measure(1.2);
        study.Run().Executed("workflow/measure", "workflow/read");
        Assert.Equal("1.2\n", study.Text("results/copy.txt"));
        study.Run().ExecutesNothing();
    }

    /// <summary>Whatever was kept, the reader holds a number that is within tolerance of what stands for the output, and nothing runs once it is settled.</summary>
    [Theory]
    [InlineData(1.09, "1\n", "1\n")]
    [InlineData(1.2, "1.2\n", "1.2\n")]
    public void Crash_AtEveryChangeWhileItIsMadeAgain_LeavesNoWrongUpToDate(double made, string table, string copy)
    {
        for (var change = 1; ; change++)
        {
            (_value, _round) = (1, 0);
            var study = Measuring();
            study.Run();
            Measure(made);
            var crashed = study.Run(new SimulatedRunOptions { CrashAtChange = change });
            study.Run();
            Assert.Equal((table, copy), (study.Text("results/table.dat"), study.Text("results/copy.txt")));
            study.Run().ExecutesNothing();
            if (!crashed.Run.HasCrashed)
            {
                return;
            }
        }
    }

    [Fact]
    public void Filter_OfAnOutput_IsAScriptToo()
    {
        var frames = new ToleranceIdentity(absolute: 0.1).Rows("v[", absolute: 5).Through(new FilterCommand("gmx", "-quiet", "dump", "-f", FilterCommand.File));
        var study = Filtered(step => step.Output("run.bin", frames));
        study.Host.Launcher.Filter = filter => filter.Command == "gmx -quiet dump -f run.bin" ? filter.Text.Replace("packed ", string.Empty, StringComparison.Ordinal) : null;
        study.Run().Executed("workflow/measure", "workflow/read");
        Measure(1.05);
        study.Run().Executed("workflow/measure");
        Measure(2);
        study.Run().Executed("workflow/measure", "workflow/read");
        study.Host.Launcher.Filter = _ => null;
        Measure(3);
        study.Run().Fails("workflow/measure");
    }

    [Fact]
    public void Identity_ByAFilter_SparesItsReader()
    {
        var study = Filtered(step => step.Output("run.bin", new FilterCommand("head")));
        study.Host.Launcher.Filter = filter => filter.Text[..6];
        study.Run().Executed("workflow/measure", "workflow/read");
        Measure(2);
        study.Run().Executed("workflow/measure");
        Assert.Equal("packed 1\n", study.Text("results/copy.txt"));
    }

    private WorkflowTest Filtered(Func<Step, Step> output) => WorkflowTest.Of(steps =>
    {
        var made = output(steps.Step("measure").Tool("sh").Tool(ToolSpec.Versioned("gmx", [], ["--version"], ["GROMACS version:"])).Run("sh", "measure").Parameter("round", _round));
        steps.Step("read").Tool("sh").Run("sh", "read").Input("in.dat", made.File("run.bin")).Output("copy.txt", publish: "results/copy.txt");
    }).Script("workflow/measure", step => Write(step, FormattableString.Invariant($"packed {_value}\n"))).Script("workflow/read", step => Write(step, step.Read("in.dat")));

    private void Measure(double value) => (_value, _round) = (value, _round + 1);

    private WorkflowTest Measuring() => WorkflowTest.Of(steps =>
    {
        var table = steps.Step("measure").Tool("sh").Run("sh", "measure").Parameter("round", _round).Output("table.dat", new ToleranceIdentity(absolute: 0.1), publish: "results/table.dat");
        steps.Step("read").Tool("sh").Run("sh", "read").Input("in.dat", table.File("table.dat")).Output("copy.txt", publish: "results/copy.txt");
    }).Script("workflow/measure", step => Write(step, _value.ToString(CultureInfo.InvariantCulture) + "\n")).Script("workflow/read", step => Write(step, step.Read("in.dat")));

    private static ScriptedEnd Write(ScriptedStep step, string text)
    {
        step.Write(step.Outputs[0], text);
        return ScriptedEnd.Done;
    }
}
