using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Retrying;

/// <summary>Steps that are tried again, with real files and processes.</summary>
public sealed class RealRetryTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Step_ThatFailsOnce_IsTriedAgainInANewFolderAndPublishes()
    {
        const string flaky = "ls > seen.txt; if [ ! -e $HERE/tried ]; then touch $HERE/tried half; echo out of luck >&2; exit 3; fi; cp seen.txt out.txt";
        Assert.Equal(0, _study.Run(steps => steps.Shell("flaky", flaky).Pass("PWD").Environment("HERE", _study.Root).Retries(1, "10ms").Output("out.txt", publish: "out.txt")).ExitCode);

        Assert.Equal("seen.txt\n", _study.Read("out.txt"));
        var result = _study.StepOf("t/flaky");
        Assert.Equal([("ToolError", 3), ("done", 0)], result.Attempts.Select(attempt => (attempt.Outcome, attempt.ExitCode)));
        var retrying = Assert.Single(_study.Events.OfType<RunEvent.StepRetrying>());
        Assert.Contains("out of luck", retrying.Failure.LogTail!);
    }

    [Fact]
    public void PlanAndWhy_OfAStepThatWasTriedAgain_SaySo()
    {
        const string flaky = "[ -e $HERE/tried ] || { touch $HERE/tried; exit 3; }; echo done > out.txt";
        void Define(StepBuilder steps, string parameter) =>
            steps.Shell("flaky", flaky).Environment("HERE", _study.Root).Parameter("p", parameter).Retries(1, "10ms").Output("out.txt");
        _study.Run(steps => Define(steps, "one"));
        Assert.Equal(2, Assert.Single(_study.Run(steps => Define(steps, "two"), request => request with { PlanOnly = true }).Plan).FormerAttempts);
        var told = Assert.Single(_study.Run(steps => Define(steps, "one"), request => request with { Explain = ["t/flaky"] }).Explanations).Because.Select(cause => cause.Text).ToList();
        Assert.Equal(["tried again in the same run, which is not in the key: once after a tool's error or a missing output", "its last result took 2 attempts: ToolError, done"], told[^2..]);
    }

    [Fact]
    public void Program_ThatIsNotThere_IsNotTriedAgain()
    {
        _study.Write("run.sh", "#!/no/such/interpreter\n");
        File.SetUnixFileMode(_study.PathOf("run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _study.Run(steps => steps.Step("odd").Input("run.sh", new SourceFile("run.sh")).Run("./run.sh").Retries(3, "1h").Output("out.txt"));

        Assert.Equal(FailureClass.SubmitError, _study.StepOf("t/odd").Failure!.Class);
        Assert.Single(_study.StepOf("t/odd").Attempts);
    }

    [Fact]
    public void TimeLimit_AfterACheckpoint_IsContinuedInTheSameRun()
    {
        const string counter = "n=$(cat state.cpt 2>/dev/null || echo 0); n=$((n+1)); echo $n >> log.txt; echo $n > state.cpt; if [ $n -lt 3 ]; then sleep 60; fi; cp log.txt out.txt";
        var report = _study.Run(steps => steps.Shell("count", counter).Checkpoint("state.cpt", "log.txt").Resources(time: "00:00:03").Output("out.txt", publish: "out.txt"));

        Assert.Equal(0, report.ExitCode);
        Assert.Equal("1\n2\n3\n", _study.Read("out.txt"));
        Assert.Equal(["TimeLimit", "TimeLimit", "done"], _study.StepOf("t/count").Attempts.Select(attempt => attempt.Outcome));
        Assert.True(_study.StepOf("t/count").IsContinued);
    }

    [Fact]
    public void TimeLimit_ThatMayGrow_IsTriedAgainWithMore()
    {
        _study.Run(steps => steps.Shell("slow", "sleep 1.5; echo done > out.txt").Resources(time: "00:00:01").Grows(time: 60).Output("out.txt"));
        Assert.Equal(Outcome.Executed, _study.StepOf("t/slow").Outcome);
        Assert.Equal([1.0, 60.0], _study.StepOf("t/slow").Attempts.Select(attempt => attempt.GrantedSeconds));
    }

    [Fact]
    public void Memory_BeyondTheClaim_EndsTheAttemptAndTheNextHasMore()
    {
        // The first attempt holds its memory until it is ended.
        const string large = "hold=0; if mkdir $HERE/first; then hold=1000; fi; (head -c 220000000 /dev/zero; sleep $hold) | tail -c 210000000 | wc -c > out.txt";
        _study.Run(steps => steps.Shell("large", large).Environment("HERE", _study.Root).Resources(memory: "100 MiB").Grows(memory: 5).Output("out.txt", publish: "out.txt"));

        Assert.Equal("210000000\n", _study.Read("out.txt"));
        Assert.Equal(["OutOfMemory", "done"], _study.StepOf("t/large").Attempts.Select(attempt => attempt.Outcome));
        Assert.InRange(_study.StepOf("t/large").Attempts[0].PeakMemoryBytes, 100L << 20, 300L << 20);
    }

    [Fact]
    public void Signal9_ByWhomever_IsAToolErrorWithAHint()
    {
        _study.Run(steps => steps.Shell("killed", "kill -9 $$").Output("out.txt"));
        Assert.Equal(FailureClass.ToolError, _study.StepOf("t/killed").Failure!.Class);
        Assert.Contains("Resources(memory: …)", _study.StepOf("t/killed").Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToolThatSaysItCannotAllocate_IsAToolError()
    {
        _study.Run(steps => steps.Shell("sorry", "echo 'Cannot allocate memory' >&2; exit 1").Output("out.txt"));
        Assert.Equal(FailureClass.ToolError, _study.StepOf("t/sorry").Failure!.Class);
    }

    [Fact]
    public void ExitCode42_IsTriedAgainUntilWhatItWaitsForIsThere()
    {
        const string patient = "echo x >> $HERE/tries; if [ $(wc -l < $HERE/tries) -lt 3 ]; then exit 42; fi; echo done > out.txt";
        _study.Run(steps => steps.Shell("wait", patient).Environment("HERE", _study.Root).RetriesOnExit(42, delay: "10ms").Output("out.txt"));
        Assert.Equal(3, _study.StepOf("t/wait").Attempts.Count);
        Assert.Equal(Outcome.Executed, _study.StepOf("t/wait").Outcome);
    }

    [Theory]
    [InlineData("10s", 10)]
    [InlineData("500ms", 0.5)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5m", 90)]
    [InlineData("1w2d", 777600)]
    [InlineData("00:10:00", 600)]
    [InlineData("24:00:00", 86400)]
    [InlineData("100:30:00", 361800)]
    [InlineData("1.12:00:00", 129600)]
    [InlineData("1-12:00:00", 129600)]
    [InlineData("0s", 0)]
    public void Delay_IsRead(string text, double seconds) => Assert.Equal(seconds, Duration.Parse(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("-1s")]
    [InlineData("-00:01:00")]
    [InlineData("s")]
    [InlineData("5s1m")]
    [InlineData("10 parsecs")]
    [InlineData("99999999999w")]
    public void Delay_ThatIsNone_IsRefusedWithAdvice(string text) =>
        Assert.Contains("write '10s'", Assert.Throws<FormatException>(() => Duration.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rules_ThatMakeNoSense_AreRefusedWhereTheyAreDeclared()
    {
        static void Refused(Action<Step> declare) => Assert.ThrowsAny<ArgumentException>(() =>
        {
            using var collector = new StepCollector("/x");
            declare(new StepBuilder(collector, "t").Step("s"));
        });
        Refused(step => step.Retries(-1));
        Refused(step => step.RetriesOnExit(0));
        Refused(step => step.RetriesOnExit(256));
        Refused(step => step.RetriesOnExit(42, tries: 0));
        Refused(step => step.Grows(time: 1));
        Refused(step => step.Grows(memory: double.NaN));
    }
}
