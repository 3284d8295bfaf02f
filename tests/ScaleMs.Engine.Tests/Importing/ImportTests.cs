using ScaleMs.Core.Events;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Ports;
using ScaleMs.Engine.Importing;
using ScaleMs.Engine.Running;
using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests.Importing;

/// <summary>Results that were computed elsewhere: recorded under the present key, told as unverified, and whole or not at all.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly List<TestStudy> _studies = [];
    private readonly string _cache = Path.Combine(Directory.CreateTempSubdirectory("scalems-cache-").FullName, "cache");
    private readonly TestStudy _study;

    public ImportTests()
    {
        _study = NewStudy();
        _study.Write("old/first.txt", "from afar\n");
        _study.Write("old/results/second.txt", "FROM AFAR\n");
    }

    public void Dispose()
    {
        _studies.ForEach(study => study.Dispose());
        Directory.Delete(Path.GetDirectoryName(_cache)!, recursive: true);
    }

    [Fact]
    public void Import_OfAChain_RecordsAndPublishesAndExecutesNothing()
    {
        Assert.Equal(0, Import(Chain, "t/first", "t/second").ExitCode);
        Assert.Equal("t/first t/second", _study.Of(Outcome.Restored));
        Assert.Equal("imported from old, unverified", _study.ReasonOf("t/second"));
        Assert.Equal("FROM AFAR\n", _study.Read("results/second.txt"));
        Assert.Equal("old", _study.StepOf("t/first").ImportedFrom);

        var run = _study.Last!.Summary.Run;
        _study.Run(Chain);
        Assert.Equal("t/third", _study.Ran);
        Assert.Equal("third reads FROM AFAR\n", _study.Read("results/third.txt"));
        Assert.Equal($"unchanged since it was imported from old in run {run}, unverified", _study.ReasonOf("t/second"));
        Assert.Equal("old", _study.StepOf("t/second").ImportedFrom);
        Assert.Null(_study.StepOf("t/third").ImportedFrom);
    }

    [Fact]
    public void Import_ThatIsThere_IsExplainedAndKeepsTheShortcutFromBeingTaken()
    {
        Import(Chain, "t/first", "t/second");
        var report = _study.Run(Chain, request => request with { Explain = ["t/first"] });
        Assert.Contains(report.Explanations.Single().Because, cause => cause.Text.StartsWith("imported from old in run ", StringComparison.Ordinal) && cause.Text.Contains(", unverified, ", StringComparison.Ordinal));
        _study.Run(Chain);
        Assert.Null(_study.Run(Chain).Looks);
    }

    [Fact]
    public void Import_WithoutSomeFiles_TellsAllOfThemAndRecordsNothing()
    {
        _study.Delete("old/results/second.txt");
        var faults = Refused(Chain, "t/*");
        Assert.Equal(2, faults.Count);
        Assert.Equal("step 't/second' cannot be imported: 'old' has no 'results/second.txt' and no 'out.txt' and no 'second.txt'", faults[0].What);
        Assert.Equal("step 't/third' cannot be imported: 'old' has no 'results/third.txt' and no 'out.txt' and no 'third.txt'", faults[1].What);
        using var store = ReadingStore.Open(_study.Root);
        Assert.Empty(store.State.Results);
        Assert.False(_study.Exists("results/second.txt"));
    }

    [Fact]
    public void Import_BelowWhatNeverRan_IsRefusedAndNamesIt()
    {
        var fault = Refused(Chain, "t/second").Single();
        Assert.Equal("step 't/second' cannot be imported, as its key is not known: it needs t/first, which is not selected, though not up to date: never ran", fault.What);
    }

    [Fact]
    public void Import_OverAResult_NeedsForce()
    {
        _study.Run(Chain);
        Assert.StartsWith("step 't/second' has a result already (unchanged since run ", Refused(Chain, "t/second").Single().What, StringComparison.Ordinal);
        Assert.Equal("HERE\n", _study.Read("results/second.txt"));

        _study.Run(Chain, request => Importing(request, ["t/second"]) with { Selection = Selecting("t/second") with { ImportsAnew = true } });
        Assert.Equal("t/second", string.Join(' ', _study.Last!.Summary.Steps.Where(step => step.Reason.Code == "imported").Select(step => step.Id)));
        Assert.Equal("FROM AFAR\n", _study.Read("results/second.txt"));
    }

    [Theory]
    [InlineData("here\n", "t/first was made here, and the result imported from old agrees with it")]
    [InlineData("there\n", "t/first was made here, and the result imported from old differs in first.txt")]
    public void Rerun_OfAnImportedStep_ReplacesItAndTellsWhetherItWasRight(string imported, string told)
    {
        _study.Write("old/first.txt", imported);
        Import(Chain, "t/first");
        _study.Run(Chain, request => request with { Selection = new StepSelection { Rerun = [new StepPattern("t/first")] } });
        Assert.Contains(told, _study.Events.OfType<RunEvent.Noticed>().Select(notice => notice.Text));
        Assert.Null(_study.StepOf("t/first").ImportedFrom);
        Assert.Equal("HERE\n", _study.Read("results/second.txt"));
    }

    [Theory]
    [InlineData("it did not finish\n", 1)]
    [InlineData("Finished\n", 0)]
    public void Import_AgainstAConditionOfSuccess_IsRefused(string text, int faults)
    {
        _study.Write("old/run.log", text);
        Action<StepBuilder> define = steps => steps.Shell("run", "false")
            .Output("run.log").SucceedsWhen(result => result.Matches("^Finished", path: "run.log").FileExists("elsewhere.txt").Matches("never looked at"));
        Assert.Equal(faults, faults == 0 ? Import(define, "t/run").ExitCode : Refused(define, "t/run").Count);
    }

    [Fact]
    public void Import_OfMembersThatWouldTakeOneFile_IsRefused()
    {
        _study.Write("old/out.txt", "one\n");
        var fault = Refused(Ensemble, "t/run[*]").Single();
        Assert.EndsWith("old/out.txt' would be taken as 'out.txt' of 't/run[replica=1]' and as 'out.txt' of 't/run[replica=2]'", fault.What, StringComparison.Ordinal);
        Assert.Equal(0, Import(Ensemble, "t/run[replica=2]").ExitCode);
    }

    [Fact]
    public void Import_FromWhereItIsPublished_TakesTheUsersFileOver()
    {
        _study.Write("results/second.txt", "FROM AFAR\n");
        Assert.Equal("SMS1013", Assert.Throws<FaultException>(() => _study.Run(Chain)).Faults.Single().Code);
        _study.Write("first.txt", "from afar\n");
        Assert.Equal(0, Import(Chain, ".", ["t/first", "t/second"]).ExitCode);
        _study.Run(Chain);
        Assert.Equal("t/third", _study.Ran);
    }

    [Fact]
    public void Import_OntoAnotherFileOfTheUser_IsRefused()
    {
        _study.Write("results/second.txt", "mine\n");
        Assert.Equal("SMS1013", Refused(Chain, "t/first", "t/second").Single().Code);
        Assert.Equal("mine\n", _study.Read("results/second.txt"));
    }

    [Fact]
    public void Import_OfWhatIsNoFile_IsRefused()
    {
        _study.Delete("old/first.txt");
        _study.Write("old/first.txt/inside", "");
        Assert.Equal("step 't/first' cannot be imported: 'first.txt' in 'old' is no regular file", Refused(Chain, "t/first").Single().What);
        Assert.Equal("there is no folder 'nowhere' to import from", Assert.Throws<FaultException>(() => Import(Chain, "nowhere", ["t/first"])).Faults.Single().What);
        Assert.Contains("--import 't/frist' names no step", Refused(Chain, "t/frist").Single().What, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_OfADirectory_TakesWhatBelongsToTheOutput()
    {
        void Define(StepBuilder steps)
        {
            var run = steps.Shell("run", "exit 1").OutputTree("frames", "**/*.gro", publish: "results/frames");
            steps.Shell("count", "ls frames frames/below > n").Tool("ls").Input("frames", run.Tree("frames")).Output("n", publish: "n");
        }

        _study.Write("old/results/frames/a.gro", "1\n");
        _study.Write("old/results/frames/below/b.gro", "2\n");
        _study.Write("old/results/frames/notes", "mine\n");
        Assert.Equal(0, Import(Define, "t/run").ExitCode);
        Assert.Equal(("1\n", "2\n", false), (_study.Read("results/frames/a.gro"), _study.Read("results/frames/below/b.gro"), _study.Exists("results/frames/notes")));

        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.Equal("t/count", _study.Ran);
        Assert.Equal("frames:\na.gro\nbelow\n\nframes/below:\nb.gro\n", _study.Read("n"));
        _study.Delete("results/frames/a.gro");
        _study.Run(Define);
        Assert.Equal("1\n", _study.Read("results/frames/a.gro"));
    }

    [Theory]
    [InlineData("results/frames", "'results/frames' in 'old' is no directory")]
    [InlineData("results/frames/notes", "'results/frames' in 'old' holds no file that '*.gro' names")]
    [InlineData("other", "'old' has no 'results/frames' and no 'frames'")]
    public void Import_OfADirectoryThatIsNone_IsAFault(string file, string problem)
    {
        _study.Write("old/" + file, "text\n");
        var fault = Refused(steps => steps.Shell("run", "exit 1").OutputTree("frames", "*.gro", publish: "results/frames"), "t/run").Single();
        Assert.Equal($"step 't/run' cannot be imported: {problem}", fault.What);
    }

    [Fact]
    public void Import_WithoutAnOutputThatMayBeLeftOut_RecordsItAsLeftOut()
    {
        void Define(StepBuilder steps)
        {
            var run = steps.Shell("run", "exit 1").Output("first.txt", publish: "results/first.txt").Output("spare.txt", publish: "results/spare.txt", isOptional: true);
            steps.Shell("use", "ls > out").Input("spare.txt", run.File("spare.txt")).Tool("ls").Output("out", publish: "out");
        }

        Assert.Equal(0, Import(Define, "t/run").ExitCode);
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.Equal(("out\n", false), (_study.Read("out"), _study.Exists("results/spare.txt")));
        Assert.Equal("t/run", _study.Of(Outcome.UpToDate));
    }

    [Theory]
    [InlineData(CrashPoint.BetweenBlobAndRecord, "t/first t/second t/third")]
    [InlineData(CrashPoint.AfterRecord, "t/second t/third")]
    public void Import_ThatDies_LeavesAWholeResultOrNone(string point, string runs)
    {
        _study.Ports = ports => ports with { AtPoint = reached => _ = reached == point ? throw new InvalidOperationException("killed") : 0 };
        Assert.Throws<InvalidOperationException>(() => Import(Chain, "t/first"));
        _study.Ports = ports => ports;
        _study.Run(Chain);
        Assert.Equal(runs, _study.Ran);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, true)]
    public void Import_WithASharedCache_ReachesOthersOnlyWhereBothWantIt(bool shares, bool takes, bool isTaken)
    {
        var first = NewStudy(shares: shares);
        first.Write("old/first.txt", "from afar\n");
        Import(first, Chain, "old", ["t/first"]);
        var second = NewStudy(takes: takes);
        second.Run(Chain);
        Assert.Equal(isTaken ? "from afar\n" : "here\n", second.Read("results/first.txt"));
        Assert.Equal(isTaken ? "old" : null, second.StepOf("t/first").ImportedFrom);
    }

    [Fact]
    public void Import_InASharedCache_GivesWayToAResultThatWasMade()
    {
        var first = NewStudy(shares: true);
        first.Write("old/first.txt", "from afar\n");
        Import(first, Chain, "old", ["t/first"]);
        NewStudy(shares: true).Run(Chain);
        var third = NewStudy(takes: true);
        third.Run(Chain);
        Assert.Equal("t/first t/second t/third", third.Of(Outcome.Restored));
        Assert.Null(third.StepOf("t/first").ImportedFrom);
        Assert.Equal("here\n", third.Read("results/first.txt"));
    }

    private static void Chain(StepBuilder steps)
    {
        var first = steps.Shell("first", "echo here > first.txt").Output("first.txt", publish: "results/first.txt");
        var second = steps.Shell("second", "tr a-z A-Z < in.txt > out.txt").Input("in.txt", first.File("first.txt")).Output("out.txt", publish: "results/second.txt");
        steps.Shell("third", "echo third reads $(cat in.txt) > out.txt").Input("in.txt", second.File("out.txt")).Output("out.txt", publish: "results/third.txt");
    }

    private static void Ensemble(StepBuilder steps) => steps.ForEach(
        "replica", [1, 2], replica => replica, (member, replica) => member.Shell("run", $"echo {replica} > out.txt").Output("out.txt"));

    private RunReport Import(Action<StepBuilder> define, params string[] patterns) => Import(_study, define, "old", patterns);

    private RunReport Import(Action<StepBuilder> define, string folder, string[] patterns) => Import(_study, define, folder, patterns);

    private static RunReport Import(TestStudy study, Action<StepBuilder> define, string folder, string[] patterns) =>
        study.Run(define, request => request with { Selection = Selecting(patterns), Import = new ImportOrder(study.PathOf(folder), folder) });

    private IReadOnlyList<Fault> Refused(Action<StepBuilder> define, params string[] patterns) => Assert.Throws<FaultException>(() => Import(define, patterns)).Faults;

    private RunRequest Importing(RunRequest request, string[] patterns) => request with { Selection = Selecting(patterns), Import = new ImportOrder(_study.PathOf("old"), "old") };

    private static StepSelection Selecting(params string[] patterns) => new() { Import = [.. patterns.Select(pattern => new StepPattern(pattern))] };

    private TestStudy NewStudy(bool? shares = null, bool? takes = null)
    {
        var study = new TestStudy
        {
            Cache = shares is null && takes is null ? null : _cache,
            CacheUse = options => options with { SharesImported = shares == true, TakesImported = takes == true },
        };
        _studies.Add(study);
        return study;
    }
}
