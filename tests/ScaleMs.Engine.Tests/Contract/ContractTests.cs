using System.Text.Json;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests.Contract;

/// <summary>Programs that keep the contract, as real processes.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    private IEnumerable<LogRecord> Records => _study.Events.OfType<RunEvent.StepLogged>().Select(logged => logged.Record);

    [Fact]
    public void Parameters_OfAMegabyte_ArriveWhole()
    {
        var text = string.Concat(Enumerable.Range(0, 130_000).Select(n => $"{n:00000000}"));
        _study.Run(steps => steps.Shell("read", "cat > out.json").Contract(new { text, n = 7 }).Output("out.json", publish: "out.json"));
        using var read = JsonDocument.Parse(_study.Read("out.json"));
        Assert.Equal(text, read.RootElement.GetProperty("text").GetString());
        Assert.Equal(7, read.RootElement.GetProperty("n").GetInt32());
    }

    [Fact]
    public void Parameters_ThatNobodyReads_DisturbNobody()
    {
        var report = _study.Run(steps => steps.Shell("deaf", "echo done > out.txt").Contract(new string('x', 1 << 20)).Output("out.txt"));
        Assert.Equal(0, report.ExitCode);
    }

    [Fact]
    public void Parameters_Changed_MakeTheStepStale()
    {
        void Define(StepBuilder steps, int n) => steps.Shell("read", "cat > out.json").Contract(new { n }).Output("out.json");
        _study.Run(steps => Define(steps, 1));
        _study.Run(steps => Define(steps, 1));
        Assert.Equal(Outcome.UpToDate, _study.StepOf("t/read").Outcome);
        _study.Run(steps => Define(steps, 2));
        Assert.Equal(Outcome.Executed, _study.StepOf("t/read").Outcome);
    }

    [Fact]
    public void Records_InLines_AreToldWithTheirLevels()
    {
        const string script = "cat > /dev/null; echo '<3>careful' >&2; echo '{\"level\":\"error\",\"message\":\"wrong\",\"at\":3}' >&2; printf 'the end' >&2; echo done > out.txt";
        _study.Run(steps => steps.Shell("tell", script).Contract(new { n = 1 }).Output("out.txt"));
        Assert.Equal([(LogLevel.Warning, "careful"), (LogLevel.Error, "wrong"), (LogLevel.Info, "the end")], Records.Select(record => (record.Level, record.Text)));
    }

    [Fact]
    public void Records_EndedByNul_MayHaveLines()
    {
        const string script = "printf '<3>two\\nlines\\000{\\n\"level\": 4,\\n\"message\": \"wrong\"\\n}\\000\\000the end' >&2; echo done > out.txt";
        _study.Run(steps => steps.Shell("tell", script).Contract(framing: LogFraming.Nul).Output("out.txt"));
        Assert.Equal([(LogLevel.Warning, "two\nlines"), (LogLevel.Error, "wrong"), (LogLevel.Info, "the end")], Records.Select(record => (record.Level, record.Text)));
    }

    /// <summary>The program goes on only when its record was heard.</summary>
    [Fact]
    public void Record_IsToldWhileTheProgramRuns()
    {
        _study.Ports = ports => ports with { Observers = [.. ports.Observers, new Answering(() => _study.Write("heard", string.Empty))] };
        const string script = "echo '<2>ready' >&2; until [ -e $HERE/heard ]; do sleep 0.02; done; echo done > out.txt";
        Assert.Equal(0, _study.Run(steps => steps.Shell("tell", script).Environment("HERE", _study.Root).Contract().Resources(time: "00:01:00").Output("out.txt")).ExitCode);
    }

    [Fact]
    public void Bytes_ThatAreNoText_SpoilNoOtherRecord()
    {
        const string script = "printf '<3>a\\n\\377\\376\\n<4>b\\n' >&2; echo done > out.txt";
        _study.Run(steps => steps.Shell("tell", script).Contract().Output("out.txt"));
        Assert.Equal(["a", "\uFFFD\uFFFD", "b"], Records.Select(record => record.Text));
    }

    /// <summary>Half a surrogate pair is JSON, and no text: programs write it where they cut a text in the middle of a character.</summary>
    [Theory]
    [InlineData(@"{""level"":3,""message"":""cut \ud83d""}")]
    [InlineData(@"{""level"":3,""message"":""m"",""more"":[""\ud83d""]}")]
    public void Record_WithHalfACharacter_IsToldAndEndsNothing(string record)
    {
        var report = _study.Run(steps => steps.Shell("tell", $"cat > /dev/null; echo '{record}' >&2; echo done > out.txt").Contract(new { n = 1 }).Output("out.txt"));
        Assert.Equal(0, report.ExitCode);
        Assert.Equal(Outcome.Executed, _study.StepOf("t/tell").Outcome);
        var told = Assert.Single(Records);
        Assert.Equal((LogLevel.Warning, true), (told.Level, told.Json is null || CanBeWritten(told.Json)));
    }

    private static bool CanBeWritten(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var writer = new Utf8JsonWriter(Stream.Null);
        document.RootElement.WriteTo(writer);
        return true;
    }

    [Fact]
    public void ExitCode42_AsksToBeTriedAgain()
    {
        const string script = "echo x >> $HERE/tries; [ $(wc -l < $HERE/tries) -gt 1 ] || exit 42; echo done > out.txt";
        _study.Run(steps => steps.Shell("wait", script).Environment("HERE", _study.Root).RetriesOnExit(Step.LaterExitCode, 3, "10ms").Contract().Output("out.txt"));
        Assert.Equal(2, _study.StepOf("t/wait").Attempts.Count);
        using var collector = new StepCollector("/x");
        Assert.Equal([42], new StepBuilder(collector, "t").Step("s").Contract().Build().Retries.LaterExits);
    }

    [Fact]
    public void Steps_WithoutTheContract_TellNoRecords()
    {
        _study.Run(steps => steps.Shell("tell", "echo '<3>careful' >&2; echo done > out.txt").Output("out.txt"));
        Assert.Empty(Records);
    }

    private sealed class Answering(Action answer) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            if (runEvent is RunEvent.StepLogged { Record.Text: "ready" })
            {
                answer();
            }
        }
    }
}
