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
