using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Engine.Running;
using ScaleMs.Launchers.Local;
using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests.Comparing;

/// <summary>Identities that are given by a command: real programs over real files.</summary>
public sealed class FilterTests : IDisposable
{
    private static readonly FilterCommand NoRemarks = new("awk", "!/^#/");

    private readonly TestStudy _study = new();
    private int _round;

    public FilterTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The filters are POSIX utilities.");

    public void Dispose() => _study.Dispose();

    private void Define(StepBuilder steps, Func<Step, Step> output)
    {
        var made = output(steps.Shell("make", "cp $HERE/value run.out").Environment("HERE", _study.Root).Parameter("round", _round));
        steps.Shell("read", "cat in.out > out.txt").Input("in.out", made.File("run.out")).Output("out.txt", publish: "out.txt");
    }

    private RunReport Again(string value, Func<Step, Step> output, ILauncher? launcher = null)
    {
        _round++;
        _study.Write("value", value);
        return _study.Run(steps => Define(steps, output), launcher: launcher);
    }

    private static Func<Step, Step> Through(FilterCommand filter) => step => step.Output("run.out", filter);

    private static Func<Step, Step> Near(FilterCommand filter) => step => step.Output("run.out", new ToleranceIdentity(absolute: 0.1).Through(filter));

    private OutputRecord Recorded()
    {
        using var store = FileStore.Open(_study.Root);
        return store.State.Results[store.State.Steps[StepId.Parse("t/make")].Key].Outputs[0];
    }

    [Fact]
    public void Output_OfWhichTheFilterPrintsTheSame_SparesItsReaders()
    {
        Assert.Equal(0, Again("# 10:00\none\n", Through(NoRemarks)).ExitCode);
        Again("# 11:00\none\n", Through(NoRemarks));
        Assert.Equal("t/make", _study.Ran);
        Assert.Equal(Core.Digests.Digest.OfText("one\n"), Recorded().Identity);
        Again("# 11:00\ntwo\n", Through(NoRemarks));
        Assert.Equal("t/make t/read", _study.Ran);
        Assert.Equal("# 11:00\ntwo\n", _study.Read("out.txt"));
        _study.Run(steps => Define(steps, Through(NoRemarks)));
        Assert.Empty(_study.Ran);
    }

    [Fact]
    public void Filter_ThatNamesTheFile_FindsItUnderItsOwnNameAndNothingElse()
    {
        Again("one\n", Through(new FilterCommand("sh", "-c", "cat run.out; ls; test \"$0\" = run.out && test \"$LC_ALL\" = C", FilterCommand.File)));
        Assert.Equal("t/make t/read", _study.Ran);
        Assert.Equal(Core.Digests.Digest.OfText("one\nrun.out\n"), Recorded().Identity);
    }

    [Fact]
    public void Filter_OfAnotherVersion_MakesReadersRun()
    {
        Tool("cat");
        Again("one\n", Versioned);
        var rule = Recorded().RuleName;
        Tool("cat # newer");
        _study.Run(steps => Define(steps, Versioned));
        Assert.Equal("t/make t/read", _study.Ran);
        Assert.NotEqual(rule, Recorded().RuleName);

        void Tool(string script)
        {
            _study.Write("strip", $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(_study.PathOf("strip"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Step Versioned(Step step) => step.Tool(ToolSpec.Binary("strip", _study.PathOf("strip"))).Output("run.out", new FilterCommand("strip"));
    }

    [Theory]
    [InlineData("echo no such frame >&2; exit 3", "the filter 'sh -c 'echo no such frame >&2; exit 3'' of output 'run.out' ended with exit code 3: no such frame")]
    [InlineData("kill -9 $$", "the filter 'sh -c 'kill -9 $$'' of output 'run.out' ended with exit code 137")]
    public void Filter_ThatFails_FailsTheStep(string script, string message)
    {
        Again("one\n", Through(new FilterCommand("sh", "-c", script)));
        Assert.Equal((FailureClass.ToolError, message), (_study.StepOf("t/make").Failure!.Class, _study.StepOf("t/make").Failure!.Message));
        Again("one\n", Near(new FilterCommand("sh", "-c", script)));
        Assert.Equal(message, _study.StepOf("t/make").Failure!.Message);
        using var store = FileStore.Open(_study.Root);
        Assert.Empty(store.State.Results);
    }

    [Fact]
    public void Filter_ThatWritesToALargeFile_FailsTheStepAndChangesNothing()
    {
        void Large(StepBuilder steps) => steps.Shell("make", "head -c 3000000 /dev/zero > run.out").Output("run.out", new FilterCommand("sh", "-c", "echo x >> \"$0\"", FilterCommand.File));
        _study.Run(Large);
        if (_study.StepOf("t/make").Failure is { } failure)
        {
            Assert.EndsWith("wrote to the file that it was to read", failure.Message, StringComparison.Ordinal);
            return;
        }

        // A file system that shares blocks gives it a file of its own.
        Assert.Equal((3_000_000, Core.Digests.Digest.Of(new byte[3_000_000])), (Recorded().Length, Recorded().Bytes));
    }

    [Fact]
    public void Filter_ThatIsNotThere_IsToldBeforeAnythingRuns() =>
        Assert.Contains("tool 'no-such-filter', which step 't/make' runs, was not found", Assert.Throws<Core.Faults.FaultException>(() => Again("one\n", Through(new FilterCommand("no-such-filter")))).Message, StringComparison.Ordinal);

    [Fact]
    public void Filter_OfManyLines_IsStreamed()
    {
        void Lines(StepBuilder steps, int last) => steps.Shell("make", $"seq 1 {last} > run.out").Output("run.out", new ToleranceIdentity(absolute: 1).Through(new FilterCommand("cat")));
        _study.Run(steps => Lines(steps, 300_000));
        _study.Run(steps => Lines(steps, 300_001));
        Assert.Contains("t/make: run.out goes on after row 300000, and ended there before; it stands for the output from now on", _study.Notices);
        Assert.Empty(Directory.EnumerateFiles(_study.PathOf(".scalems/work"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Tolerance_ThroughAFilter_ComparesWhatItPrints()
    {
        var filter = new FilterCommand("sh", "-c", "gzip -dc < \"$0\"", FilterCommand.File);
        _study.Run(steps => Packed(steps, 1.0));
        _study.Run(steps => Packed(steps, 1.05));
        Assert.Equal("t/make", _study.Ran);
        _study.Run(steps => Packed(steps, 1.2));
        Assert.Equal("t/make t/read", _study.Ran);
        Assert.Equal("column 1 in run.gz row 1: 1 → 1.2, tolerance 0.1", _study.ReasonOf("t/read"));
        Assert.Equal("1.2\n", _study.Read("out.txt"));

        void Packed(StepBuilder steps, double value)
        {
            var made = steps.Shell("make", FormattableString.Invariant($"echo {value} | gzip > run.gz")).Output("run.gz", new ToleranceIdentity(absolute: 0.1).Through(filter));
            steps.Shell("read", "gzip -dc < in.gz > out.txt").Input("in.gz", made.File("run.gz")).Output("out.txt", publish: "out.txt");
        }
    }

    [Fact]
    public void Tolerance_ThroughAFilterThatCannotReadTheFormerOne_GivesWayAndSaysWhy()
    {
        // From some day on it refuses what it read before.
        var picky = new FilterCommand("sh", "-c", "if [ -e \"$HERE/refuse\" ] && grep -q old; then exit 5; fi; echo 1");
        Again("1 old\n", Near(picky));
        _study.Write("refuse", string.Empty);
        Again("1\n", Near(picky));
        Assert.StartsWith("what stood for run.out cannot be compared with: the filter '", _study.ReasonOf("t/read"), StringComparison.Ordinal);
        Again("2\n", Near(picky));
        Assert.Equal("t/make", _study.Ran);
    }

    /// <summary>Both filters of a comparison are ended with the run.</summary>
    [Fact]
    public async Task Filter_ThatDoesNotEnd_IsEndedWithTheRun()
    {
        using var cancellation = new CancellationTokenSource();
        _study.Write("value", "1\n");
        var run = Task.Run(() => _study.Run(steps => Define(steps, Through(new FilterCommand("sh", "-c", "touch $HERE/begun; sleep 60"))), cancellation: cancellation.Token));
        for (var i = 0; i < 3000 && !_study.Exists("begun"); i++)
        {
            await Task.Delay(10);
        }

        await cancellation.CancelAsync();
        Assert.Equal(ExitCodes.Interrupted, (await run).ExitCode);
        Assert.Equal(Outcome.Cancelled, _study.StepOf("t/make").Outcome);
    }

    [Fact]
    public void Filter_BeyondTheTimeLimit_IsEnded()
    {
        _study.Write("value", "1\n");
        _study.Run(steps => Define(steps, step => step.Resources(time: "00:00:01").Output("run.out", new FilterCommand("sleep", "60"))));
        Assert.Equal(FailureClass.TimeLimit, _study.StepOf("t/make").Failure!.Class);
        Assert.Equal("the filter 'sleep 60' of output 'run.out' ran into the time limit of 00:00:01", _study.StepOf("t/make").Failure!.Message);
    }

    [Fact]
    public void Program_OfAFilter_IsInTheKeyAndNeedNotBeDeclared()
    {
        Again("one\n", Through(NoRemarks));
        using var store = FileStore.Open(_study.Root);
        var components = store.State.Results[store.State.Steps[StepId.Parse("t/make")].Key].Components;
        Assert.Contains(components, component => component.Name == "tool/awk/binary");
        Assert.Contains(components, component => component is { Name: "output/run.out", Value: "filter(\"awk\",\"!/^#/\")/1" });
    }

    [Theory]
    [InlineData("")]
    [InlineData("./awk")]
    [InlineData("/usr/bin/awk")]
    public void Program_ThatIsNoName_IsRefused(string program) => Assert.ThrowsAny<ArgumentException>(() => new FilterCommand(program));

    [Fact]
    public void Launcher_IsGivenNoSecretAndNoLog()
    {
        var launcher = new Watched(new LocalLauncher());
        Again("one\n", Through(NoRemarks), launcher);
        var request = Assert.Single(launcher.Requests, request => request.LogFilter is not null);
        Assert.Equal("filter/awk", request.Step.ToString());
        Assert.EndsWith("filter-0/made/files", request.Directory, StringComparison.Ordinal);
    }

    private sealed class Watched(ILauncher launcher) : ILauncher
    {
        public List<LaunchRequest> Requests { get; } = [];

        public string Name => launcher.Name;

        public Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, CancellationToken cancellation)
        {
            lock (Requests)
            {
                Requests.Add(request);
            }

            return launcher.RunAsync(request, onLine, cancellation);
        }

        public int Reap(string workDirectory) => launcher.Reap(workDirectory);
    }
}
