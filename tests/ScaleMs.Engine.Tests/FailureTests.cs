using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;
using Xunit;

namespace ScaleMs.Engine.Tests;

public sealed class FailureTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    /// <summary>Three members in a chain of two, of which one fails in its first step while the file <c>bad</c> says so.</summary>
    private void Ensemble(StepBuilder steps)
    {
        steps.ForEach("n", Enumerable.Range(0, 3), n => n, (each, n) =>
        {
            var first = each.Shell("first", $"echo {n} > a.txt; ! grep -q {n} bad.txt").Input("bad.txt", new SourceFile($"bad{n}.txt")).Output("a.txt");
            return each.Shell("second", "cat a.txt > b.txt").Input("a.txt", first.File("a.txt")).Output("b.txt", publish: $"b{n}.txt");
        });
    }

    private void Bad(int member)
    {
        for (var n = 0; n < 3; n++)
        {
            _study.Write($"bad{n}.txt", n == member ? $"{n}\n" : "none\n");
        }
    }

    [Fact]
    public void Run_OneMemberFailsKeepGoing_OthersFinishAndNextRunDoesTheRest()
    {
        Bad(1);
        var report = _study.Run(Ensemble, request => request with { KeepGoing = true });

        Assert.Equal(1, report.ExitCode);
        Assert.Equal("t/first[n=1]", _study.Of(Outcome.Failed));
        Assert.Equal("t/second[n=1]", _study.Of(Outcome.Blocked));
        Assert.Equal("t/first[n=0] t/first[n=2] t/second[n=0] t/second[n=2]", _study.Ran);

        Bad(-1);
        Assert.Equal(0, _study.Run(Ensemble).ExitCode);
        Assert.Equal("t/first[n=1] t/second[n=1]", _study.Ran);
    }

    [Fact]
    public void Run_OneMemberFails_NothingNewStarts()
    {
        Bad(0);
        var report = _study.Run(Ensemble, request => request with { Capacity = new Core.Model.Resources(1) });

        Assert.Equal(1, report.ExitCode);
        Assert.Equal("t/first[n=0]", _study.Of(Outcome.Failed));
        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Failure_OfACommand_TellsCodeCommandAndLog()
    {
        var report = _study.Run(steps => steps.Shell("bad", "echo something went wrong >&2; exit 7").Output("x"));
        var failure = report.Summary.Steps.Single().Failure!;

        Assert.Equal(FailureClass.ToolError, failure.Class);
        Assert.Equal(7, failure.ExitCode);
        Assert.Contains("sh -c", failure.Command, StringComparison.Ordinal);
        Assert.Contains("something went wrong", failure.LogTail!);
        Assert.True(_study.Exists(failure.LogPath!));
    }

    [Fact]
    public void Failure_OutputNotWritten_NamesTheOutput()
    {
        var failure = _study.Run(steps => steps.Shell("bad", "true").Output("x.gro")).Summary.Steps.Single().Failure!;

        Assert.Equal(FailureClass.OutputMissing, failure.Class);
        Assert.Contains("x.gro", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ln -s /etc/hostname x", "symbolic link")]
    [InlineData("mkdir x", "directory")]
    [InlineData("mkfifo x", "no regular file")]
    public void Failure_OutputIsNoFileOfItsOwn_SaysWhatItIs(string script, string word)
    {
        var failure = _study.Run(steps => steps.Shell("bad", script).Output("x")).Summary.Steps.Single().Failure!;

        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_OutputDirectoryLeadsOutside_IsRefused()
    {
        var outside = Directory.CreateTempSubdirectory("scalems-outside-");
        var failure = _study.Run(steps => steps.Shell("bad", "rmdir d; ln -s $OUTSIDE d; echo a > d/x").Environment("OUTSIDE", outside.FullName).Output("d/x")).Summary.Steps.Single().Failure!;
        outside.Delete(recursive: true);

        Assert.Contains("leaves the step's directory", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a/../../x")]
    public void Output_PathEscapes_IsAFault(string path)
    {
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps => steps.Shell("bad", "true").Output(path)));

        Assert.Equal("SMS1003", fault.Faults[0].Code);
    }

    [Fact]
    public void Faults_Several_AreToldAtOnceWithPlaces()
    {
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps =>
        {
            steps.Shell("a", "true").Output("x", publish: "same.txt");
            steps.Shell("b", "true").Output("x", publish: "same.txt");
            steps.Step("c").Run("awk", "1").Output("y");
        }));

        Assert.Equal(["SMS1002", "SMS1008"], fault.Faults.Select(f => f.Code));
        Assert.All(fault.Faults, f => Assert.EndsWith("FailureTests.cs", f.Where.File, StringComparison.Ordinal));
    }

    [Fact]
    public void Input_Missing_IsAFaultBeforeAnythingRuns()
    {
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps =>
        {
            steps.Shell("fine", "echo > x").Output("x", publish: "x");
            steps.Shell("bad", "true").Input("in.pdb", new SourceFile("missing.pdb")).Output("y");
        }));

        Assert.Contains("missing.pdb", fault.Message, StringComparison.Ordinal);
        Assert.False(_study.Exists("x"));
    }

    [Fact]
    public void Template_WithoutAValue_IsAFaultBeforeAnythingRuns()
    {
        _study.Write("run.mdp", "seed = @Sead@\n");
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps =>
            steps.Shell("md", "cat run.mdp > x").Template("run.mdp", new SourceFile("run.mdp"), new { Seed = 1 }).Output("x")));

        Assert.Equal("SMS1010", Assert.Single(fault.Faults).Code);
        Assert.Contains("Sead", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tool_NotFound_IsAUsageFault()
    {
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps => steps.Step("a").Tool("no-such-tool").Run("no-such-tool").Output("x")));

        Assert.Equal(FaultKind.Usage, fault.Faults[0].Kind);
    }

    [Fact]
    public void Stochastic_EqualMembers_IsAnError()
    {
        var report = _study.Run(steps => steps.ForEach("n", Enumerable.Range(0, 2), n => n, (each, n) => each.Shell("draw", "echo > x").Stochastic().Output("x")));

        Assert.Equal(ExitCodes.Definition, report.ExitCode);
        Assert.Contains("own seed", report.Summary.Steps.Single(step => step.Outcome == Outcome.Failed).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualMembers_NotStochastic_RunOnce()
    {
        _study.Run(steps => steps.ForEach("n", Enumerable.Range(0, 3), n => n, (each, n) => each.Shell("same", "echo a > x").Output("x", publish: $"x{n}")));

        Assert.Equal(1, _study.Last!.Summary.Counts.Executed);
        Assert.Equal(2, _study.Last.Summary.Counts.Restored);
        Assert.Equal("a\n", _study.Read("x2"));
    }

    [Fact]
    public void Input_ChangedWhileTheStepReadsIt_IsNoRecord()
    {
        _study.Write("in.txt", "one\n");
        var failure = _study.Run(steps => steps.Shell("slow", $"cat in.txt > x; echo two > {_study.Root}/in.txt".Replace(_study.Root, "$HERE", StringComparison.Ordinal))
            .Environment("HERE", _study.Root).Input("in.txt", new SourceFile("in.txt")).Output("x")).Summary.Steps.Single().Failure!;

        Assert.Equal(FailureClass.InputChanged, failure.Class);
    }

    [Fact]
    public void Function_ThatCapturesState_IsAFaultNamingTheVariable()
    {
        var temperature = 300;
        var fault = Assert.Throws<FaultException>(() => _study.Run(steps => steps.Step("f").Call(files => files.WriteText("x", $"{temperature}")).Output("x")));

        Assert.Equal("SMS1018", Assert.Single(fault.Faults).Code);
        Assert.Contains("temperature", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Function_ThatThrows_IsAFailureWithItsMessage()
    {
        var failure = _study.Run(steps => steps.Step("f").Call(Throws).Output("x")).Summary.Steps.Single().Failure!;

        Assert.Equal(FailureClass.ToolError, failure.Class);
        Assert.Contains(failure.LogTail!, line => line.Contains("no such residue", StringComparison.Ordinal));
    }

    private static void Throws(StepFiles files) => throw new InvalidOperationException("no such residue");

    [Fact]
    public void Store_InUse_NamesTheOther()
    {
        using var store = Store.FileStore.Open(_study.Root);
        var exception = Assert.Throws<Core.Ports.StoreInUseException>(() => _study.Run(steps => steps.Shell("a", "echo > x").Output("x")));

        Assert.Contains(Environment.MachineName, exception.Message, StringComparison.Ordinal);
    }
}
