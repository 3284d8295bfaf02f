using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Running;
using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests.Always;

/// <summary>What a step that runs always keeps between its runs.</summary>
public sealed class KeptStateTests : IDisposable
{
    /// <summary>Counts: takes the number after "n" from its state, and gives the next one back.</summary>
    private const string Counting = """n=$(sed 's/.*"n":\([0-9]*\).*/\1/;t;s/.*/0/'); n=$((n + 1)); echo "{\"state\":{\"n\":$n}}" >&2; echo $n > out""";

    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void State_OfACommand_ComesInAndGoesOut()
    {
        for (var n = 1; n <= 3; n++)
        {
            Count();
            Assert.Equal($"{n}\n", _study.Read("out"));
        }

        Assert.Equal("""{"n":3}""", Kept);
        Assert.Empty(_study.Events.OfType<RunEvent.StepLogged>());
    }

    [Fact]
    public void State_IsBesideTheParameters()
    {
        _study.Run(steps => steps.Shell("s", "cat > out; echo '{\"state\":{\"a\":[1]}}' >&2").Contract(new { x = 1 }).KeepsState().Always().Output("out", publish: "out"));
        Assert.Equal("""{"x":1,"state":{}}""", _study.Read("out"));
        _study.Run(steps => steps.Shell("s", "cat > out; echo '{\"state\":{\"a\":[1]}}' >&2").Contract(new { x = 2 }).KeepsState().Always().Output("out", publish: "out"));
        Assert.Equal("""{"x":2,"state":{"a":[1]}}""", _study.Read("out"));
    }

    [Fact]
    public void State_OfAnAttemptThatFails_IsForgotten()
    {
        Count();
        Assert.Equal(1, Run(Counting + "; exit 3").ExitCode);
        Assert.Equal(Outcome.Failed, _study.StepOf("t/s").Outcome);
        Count();
        Assert.Equal("2\n", _study.Read("out"));
    }

    [Fact]
    public void State_OfAnAttemptThatIsTriedAgain_IsThatOfTheLastRun()
    {
        Count();
        _study.Run(steps => steps.Shell("s", Counting + "; [ -e $HERE/again ] || { touch $HERE/again; exit 42; }").Environment("HERE", _study.Root)
            .RetriesOnExit(42, 3, "10ms").Contract().KeepsState().Always().Output("out", publish: "out"));
        Assert.Equal("2\n", _study.Read("out"));
    }

    [Fact]
    public void State_ThatIsNotGivenAgain_Stays()
    {
        Count();
        Run("echo none > out");
        Assert.Equal("""{"n":1}""", Kept);
    }

    [Fact]
    public void State_GivenAsEmpty_IsNone()
    {
        Count();
        Run("echo '{\"state\":{}}' >&2; echo x > out");
        Assert.Null(Kept);
    }

    [Fact]
    public void State_OfStepsOfTheSameWork_IsTheirOwn()
    {
        void Two(StepBuilder steps, bool first)
        {
            var a = steps.Shell("a", Counting).Contract().KeepsState().Always().Output("out", publish: "a");
            _ = first ? steps.Shell("b", Counting).Contract().KeepsState().Always().Output("out", publish: "b") : a;
        }

        _study.Run(steps => Two(steps, true));
        _study.Run(steps => Two(steps, false));
        _study.Run(steps => Two(steps, true));
        Assert.Equal(("3\n", "2\n"), (_study.Read("a"), _study.Read("b")));
    }

    [Theory]
    [InlineData("""echo '{"state":[1]}' >&2""", "is no JSON object")]
    [InlineData("""echo '{"state":null}' >&2""", "is no JSON object")]
    [InlineData("""echo '{"state":{"a":1}' >&2""", "is no JSON")]
    [InlineData("""printf '%s\n' '{"state":{"a":"\ud83d"}}' >&2""", "holds half a character")]
    [InlineData("""printf '%s\n' '{"level":1,"state":{"\udc00":1}}' >&2""", "holds half a character")]
    [InlineData("""printf '{"state":{"a":"%070000d"}}\n' 7 >&2""", "is longer than 64 KiB")]
    [InlineData("""printf '{"level":1,"state":{"a":"%0200000d"}}\n' 7 >&2""", "is longer than 64 KiB")]
    public void State_ThatIsNone_FailsTheStep(string script, string problem)
    {
        Run(script + "; echo x > out");
        Assert.Equal((FailureClass.ToolError, $"the state that step 't/s' gave back {problem}; nothing of it was kept"), (_study.StepOf("t/s").Failure!.Class, _study.StepOf("t/s").Failure!.Message));
    }

    [Fact]
    public void State_OfTheLargestSize_IsKept()
    {
        Run("""printf '<2>{"state":{"a":"%065528d"}}\n' 7 >&2; echo x > out""");
        Assert.Equal(KeptStates.LongestBytes, Kept!.Length);
        Assert.Equal(0, Run("cat > seen; wc -c < seen > out").ExitCode);
        Assert.Equal($"{KeptStates.LongestBytes + """{"state":}""".Length}\n", _study.Read("out"));
    }

    [Fact]
    public void Record_WithAStateAndAMessage_IsToldToo()
    {
        Run("""echo '{"message":"half","state":{"a":1}}' >&2; echo x > out""");
        Assert.Equal("half", Assert.Single(_study.Events.OfType<RunEvent.StepLogged>()).Record.Text);
        Assert.Equal("""{"a":1}""", Kept);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_OfAFunction_IsReadAndWritten(bool isInProcess)
    {
        _study.Ports = ports => ports with { Functions = new ChildFunctions() };
        for (var n = 1; n <= 2; n++)
        {
            var report = _study.Run(steps =>
            {
                var step = steps.Step("s").Call(Counters.Next, StepState.Kept, OutputFile.Named("out", publish: "out")).Always();
                _ = isInProcess ? step.InProcess() : step;
            });
            Assert.True(report.ExitCode == 0, report.Summary.Steps[0].Failure?.ToString());
            Assert.Equal($"{n}", _study.Read("out"));
        }
    }

    [Fact]
    public void State_OfAFunctionThatThrows_IsForgotten()
    {
        _study.Ports = ports => ports with { Functions = new ChildFunctions() };
        void Define(StepBuilder steps, bool fails) => steps.Step("s").Call(Counters.NextOrThrow, StepState.Kept, OutputFile.Named("out", publish: "out"), fails).Always();
        _study.Run(steps => Define(steps, false));
        Assert.Equal(1, _study.Run(steps => Define(steps, true)).ExitCode);
        _study.Run(steps => Define(steps, false));
        Assert.Equal("2", _study.Read("out"));
    }

    [Fact]
    public void Function_WithFilesByName_HasItsState()
    {
        for (var n = 1; n <= 2; n++)
        {
            _study.Run(steps => steps.Step("s").Call(Counters.OfFiles, new CountOptions(1)).KeepsState().Always().Output("out", publish: "out"));
        }

        Assert.Equal("2", _study.Read("out"));
    }

    /// <summary>The journal is the truth: neither a lost index nor folding nor a collection loses the state, and the record is one line with the result.</summary>
    [Fact]
    public void State_OutlivesTheIndexAndCollection()
    {
        Count();
        File.Delete(_study.PathOf(".scalems/index"));
        Count();
        using (var store = FileStore.Open(_study.Root))
        {
            Assert.Equal("""{"n":2}""", store.State.Results.Values.Single().KeptState);
        }

        Count();
        Assert.Equal("3\n", _study.Read("out"));
        var line = Directory.GetFiles(_study.PathOf(".scalems/journal")).SelectMany(File.ReadLines).Last(text => text.Contains("keptState", StringComparison.Ordinal));
        Assert.Contains("\"result\"", line, StringComparison.Ordinal);
    }

    /// <summary>The result is there and its publication is not: the step did run, and its state is that of this result.</summary>
    [Fact]
    public void State_AfterACrashBehindTheRecord_IsThatOfTheRecordedResult()
    {
        Count();
        var dying = true;
        _study.Ports = ports => ports with { AtPoint = point => Die(dying && point == CrashPoint.AfterRecord) };
        Assert.ThrowsAny<Exception>(Count);
        dying = false;
        Count();
        Assert.Equal("3\n", _study.Read("out"));
    }

    [Fact]
    public void State_AfterACrashBeforeTheRecord_IsTheFormer()
    {
        Count();
        var dying = true;
        _study.Ports = ports => ports with { AtPoint = point => Die(dying && point == CrashPoint.BetweenBlobAndRecord) };
        Assert.ThrowsAny<Exception>(Count);
        dying = false;
        Count();
        Assert.Equal("2\n", _study.Read("out"));
    }

    [Fact]
    public void State_WithASecretMasked_IsRefused()
    {
        Environment.SetEnvironmentVariable("SCALEMS_TEST_STATE_TOKEN", "very-secret-token");
        _study.Run(steps => steps.Shell("s", "echo \"{\\\"state\\\":{\\\"a\\\":\\\"$TOKEN\\\"}}\" >&2; echo x > out").Contract().KeepsState().Always().Output("out")
            .Secret("TOKEN", new Secret("token", string.Empty, new SecretSource.FromEnvironment("SCALEMS_TEST_STATE_TOKEN"))));
        Assert.Equal("the state that step 't/s' gave back holds '***', which stands for a secret; nothing of it was kept", _study.StepOf("t/s").Failure!.Message);
    }

    [Fact]
    public void Why_TellsThatItGoesOnFromAState()
    {
        Count();
        var told = _study.Run(Declare, request => request with { Explain = ["t/s"] }).Explanations.Single();
        Assert.EndsWith(", and goes on from the state that it kept then", told.Because[1].Text, StringComparison.Ordinal);
    }

    private string? Kept
    {
        get
        {
            using var store = FileStore.Open(_study.Root);
            return store.State.Results[store.State.Steps[StepId.Parse("t/s")].Key].KeptState;
        }
    }

    private static void Die(bool isNow)
    {
        if (isNow)
        {
            throw new IOException("killed here");
        }
    }

    private void Count() => Assert.Equal(0, _study.Run(Declare).ExitCode);

    private RunReport Run(string script) => _study.Run(steps => Declare(steps, script));

    private static void Declare(StepBuilder steps) => Declare(steps, Counting);

    private static void Declare(StepBuilder steps, string script) => steps.Shell("s", script).Contract().KeepsState().Always().Output("out", publish: "out");
}

/// <summary>Functions that count how often they were called.</summary>
public static class Counters
{
    public static void Next(StepState state, OutputFile file) => NextOrThrow(state, file, false);

    public static void NextOrThrow(StepState state, OutputFile file, bool fails)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(file);
        var count = state.Read<Count>().N + 1;
        state.Write(new Count(count));
        file.WriteText($"{count}");
        if (fails)
        {
            throw new InvalidOperationException("asked to");
        }
    }

    public static void OfFiles(StepFiles files, CountOptions options)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(options);
        var count = files.State.Read<Count>().N + options.By;
        files.State.Write(new Count(count));
        files.WriteText("out", $"{count}");
    }
}

/// <summary>What is kept.</summary>
public sealed record Count(int N);

/// <summary>Arguments of a function.</summary>
public sealed record CountOptions(int By);
