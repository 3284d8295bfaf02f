using System.Globalization;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Functions;

/// <summary>Whatever a function does to its process is the step's failure; the run goes on.</summary>
public sealed class FunctionFailureTests : IDisposable
{
    private readonly CallingStudy _calling = new();

    private TestStudy Study => _calling.Study;

    public void Dispose() => _calling.Dispose();

    [Theory]
    [InlineData(0, "'CalledFunctions.Exits' ended its process with exit code 0 instead of returning")]
    [InlineData(3, "'CalledFunctions.Exits' ended its process with exit code 3 instead of returning")]
    public void Function_ThatExits_IsAFailedStep(int code, string message)
    {
        var failure = _calling.FailureOf(steps => steps.Step("f").Call(CalledFunctions.Exits, code).Output("x"));

        Assert.Equal((FailureClass.ToolError, message, code), (failure.Class, failure.Message, failure.ExitCode));
    }

    [Fact]
    public void Function_ThatExitsWithAnAllowedCode_IsAFailedStepAllTheSame() =>
        Assert.Equal(FailureClass.ToolError, _calling.FailureOf(steps => steps.Step("f").AllowExit(3).Call(CalledFunctions.Exits, 3).Output("x")).Class);

    [Fact]
    public void Function_ThatOverflowsItsStack_IsAFailedStepAndOthersAreDone()
    {
        var report = Study.Run(
            steps =>
            {
                steps.Step("deep").Call(CalledFunctions.Overflows).Output("x");
                steps.Step("other").Call(CalledFunctions.Square, 3).Publish("nine.json");
            },
            request => request with { KeepGoing = true });

        var failure = report.Summary.Steps.Single(step => step.Outcome == Outcome.Failed).Failure!;
        Assert.Equal("the process of 'CalledFunctions.Overflows' was ended by signal 6", failure.Message);
        Assert.Contains(failure.LogTail!, line => line.Contains("Stack overflow", StringComparison.Ordinal) || line.Contains("Deeper", StringComparison.Ordinal));
        Assert.Equal("9\n", Study.Read("nine.json"));
    }

    [Fact]
    public void Function_ThatFailsFast_TellsItsWordsInTheLog() => Assert.Contains(
        _calling.FailureOf(steps => steps.Step("f").Call(CalledFunctions.FailsFast).Output("x")).LogTail!, line => line.Contains("the state is broken", StringComparison.Ordinal));

    [Fact]
    public void Function_ThatIsKilled_IsAFailedStep() =>
        Assert.Equal("the process of 'CalledFunctions.KillsItself' was ended by signal 9", _calling.FailureOf(steps => steps.Step("f").Call(CalledFunctions.KillsItself).Output("x")).Message);

    [Fact]
    public void Function_ThatThrows_IsToldWithMessageOutputAndTheAuthorsStack()
    {
        var failure = _calling.FailureOf(steps => steps.Step("f").Call(CalledFunctions.Throws, "UNK").Output("x"));

        Assert.Equal("CalledFunctions.Throws threw InvalidDataException: no such residue: UNK", failure.Message);
        Assert.Contains("looked at all residues", failure.LogTail!);
        Assert.Contains(failure.LogTail!, line => line.Contains("CalledFunctions.Look(String residue)", StringComparison.Ordinal));
        Assert.DoesNotContain(failure.LogTail!, line => line.Contains("System.Reflection", StringComparison.Ordinal) || line.Contains("FunctionCall", StringComparison.Ordinal));
    }

    [Fact]
    public void Function_OverItsTimeLimit_IsEndedWithWhatItStarted()
    {
        var failure = _calling.FailureOf(steps => steps.Step("f").Resources(time: "00:00:10").Call(CalledFunctions.Waits, Study.PathOf("pids")).Output("x"));

        Assert.Equal(FailureClass.TimeLimit, failure.Class);
        Assert.All(Study.Read("pids").Split(' '), pid => Assert.False(IsAlive(pid)));
    }

    [Fact]
    public void Function_Cancelled_IsEndedWithWhatItStarted()
    {
        using var cancellation = new CancellationTokenSource();
        var report = Study.Run(
            steps => steps.Step("f").ReportsProgress(() => new OnLine("waiting", cancellation.Cancel)).Call(CalledFunctions.Waits, Study.PathOf("pids")).Output("x"),
            cancellation: cancellation.Token);

        Assert.Equal(Engine.Running.ExitCodes.Interrupted, report.ExitCode);
        Assert.All(Study.Read("pids").Split(' '), pid => Assert.False(IsAlive(pid)));
    }

    [Fact]
    public void Function_CancelledThatAskedForTheToken_ComesToItsEnd()
    {
        using var cancellation = new CancellationTokenSource();
        Study.Run(
            steps => steps.Step("f").ReportsProgress(() => new OnLine("waiting", cancellation.Cancel))
                .Call(CalledFunctions.WaitsForTheSignal, new CalledFunctions.Place(Study.PathOf("said"))).Output("x"),
            cancellation: cancellation.Token);

        Assert.Equal("came to its end", Study.Read("said"));
    }

    [Fact]
    public void Function_WhoseAssemblyIsAnotherBuildThanItsKeyWasMadeFrom_FailsAndRecordsNothing()
    {
        Study.Ports = ports => ports with { Functions = new OtherBuild() };
        var failure = _calling.FailureOf(steps => steps.Step("f").Call(CalledFunctions.Square, 2));

        Assert.Equal("'ScaleMs.Engine.Tests' was built anew while the run was under way; run again", failure.Message);
    }

    private static bool IsAlive(string pid) =>
        File.Exists($"/proc/{pid}/stat") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);

    private sealed class OtherBuild : IFunctionRunner
    {
        private readonly ChildFunctions _functions = new();

        public FunctionLaunch? LaunchOf(StepInstance step, string callFile) => _functions.LaunchOf(
            step with { Operation = (Operation.Function)step.Operation with { Builds = [KeyValuePair.Create("ScaleMs.Engine.Tests", Guid.Empty.ToString("D", CultureInfo.InvariantCulture))] } }, callFile);

        public Task<string?> CallAsync(StepInstance step, string directory, string logFile, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
