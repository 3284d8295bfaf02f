using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests;

public sealed class RebuildTests : IDisposable
{
    private readonly TestStudy _study = new();

    public RebuildTests() => _study.Write("in.txt", "one\n");

    public void Dispose() => _study.Dispose();

    private static void Chain(StepBuilder steps)
    {
        var upper = steps.Shell("upper", "tr a-z A-Z < in.txt > upper.txt").Input("in.txt", new SourceFile("in.txt")).Output("upper.txt");
        steps.Shell("final", "cat upper.txt > final.txt; echo end >> final.txt").Input("upper.txt", upper.File("upper.txt")).Output("final.txt", publish: "results/final.txt");
    }

    [Fact]
    public void Run_Fresh_ExecutesAllAndPublishes()
    {
        var report = _study.Run(Chain);

        Assert.Equal(0, report.ExitCode);
        Assert.Equal("t/final t/upper", _study.Ran);
        Assert.Equal("ONE\nend\n", _study.Read("results/final.txt"));
    }

    [Fact]
    public void Run_Again_ExecutesNothing()
    {
        _study.Run(Chain);
        _study.Run(Chain);

        Assert.Equal("t/final t/upper", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Run_InputTouchedOnly_ExecutesNothing()
    {
        _study.Run(Chain);
        File.SetLastWriteTimeUtc(_study.PathOf("in.txt"), DateTime.UtcNow.AddHours(1));
        _study.Run(Chain);

        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Run_InputChanged_SaysWhichAndBackIsRestored()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "two\n");
        _study.Run(Chain);

        Assert.Equal("t/final t/upper", _study.Ran);
        Assert.Equal("input in.txt changed", _study.ReasonOf("t/upper"));

        _study.Write("in.txt", "one\n");
        _study.Run(Chain);

        Assert.Equal(string.Empty, _study.Ran);
        Assert.Equal("t/final t/upper", _study.Of(Outcome.Restored));
        Assert.Equal("ONE\nend\n", _study.Read("results/final.txt"));
    }

    [Fact]
    public void Run_ReexecutedOutputIsTheSame_StopsTheWave()
    {
        _study.Run(Chain);
        _study.Write("in.txt", "ONE\n");
        _study.Run(Chain);

        Assert.Equal("t/upper", _study.Ran);
    }

    [Fact]
    public void Run_ContentSwappedUnderSameSizeAndTime_IsNoticed()
    {
        _study.Run(Chain);
        _study.Run(Chain);
        var time = File.GetLastWriteTimeUtc(_study.PathOf("in.txt"));
        _study.Write("in.txt", "six\n");
        File.SetLastWriteTimeUtc(_study.PathOf("in.txt"), time);
        _study.Run(Chain);

        Assert.Equal("t/final t/upper", _study.Ran);
    }

    [Fact]
    public void Run_PublishedOutputDeleted_IsBroughtBack()
    {
        _study.Run(Chain);
        _study.Delete("results/final.txt");
        _study.Run(Chain);

        Assert.Equal(string.Empty, _study.Ran);
        Assert.Equal("output results/final.txt is missing", _study.ReasonOf("t/final"));
        Assert.Equal("ONE\nend\n", _study.Read("results/final.txt"));
    }

    [Fact]
    public void Run_PublishedOutputEdited_IsBroughtBackAndTheEditIsKept()
    {
        _study.Run(Chain);
        _study.Write("results/final.txt", "mine\n");
        _study.Run(Chain);

        Assert.Equal(string.Empty, _study.Ran);
        Assert.Equal("ONE\nend\n", _study.Read("results/final.txt"));
        var kept = Assert.Single(Directory.GetFiles(_study.PathOf(".scalems/kept"), "final.txt", SearchOption.AllDirectories));
        Assert.Equal("mine\n", File.ReadAllText(kept));
        Assert.Contains(_study.Events, e => e is Core.Events.RunEvent.Noticed { Code: "output-edited" });
    }

    [Fact]
    public void Run_BlobsDeleted_ExecutesNothing()
    {
        _study.Run(Chain);
        _study.Delete(".scalems/blobs");
        _study.Run(Chain);

        Assert.Equal("t/final t/upper", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Run_BlobsAndOutputDeleted_ExecutesWhatIsNeeded()
    {
        _study.Run(Chain);
        _study.Delete(".scalems/blobs");
        _study.Delete("results/final.txt");
        var report = _study.Run(Chain);

        Assert.Equal(0, report.ExitCode);
        Assert.Equal("t/final t/upper", _study.Ran);
        Assert.Equal("t/final needs upper.txt and its bytes are gone", _study.ReasonOf("t/upper"));
        Assert.Equal("ONE\nend\n", _study.Read("results/final.txt"));
    }

    [Fact]
    public void Run_BytesGoneButPublishedFileHoldsThem_ExecutesOnlyTheConsumer()
    {
        void Two(StepBuilder steps, string tail)
        {
            var first = steps.Shell("first", "echo a > a.txt").Output("a.txt", publish: "results/a.txt");
            steps.Shell("second", $"cat a.txt > b.txt; echo {tail} >> b.txt").Input("a.txt", first.File("a.txt")).Output("b.txt", publish: "results/b.txt");
        }

        _study.Run(steps => Two(steps, "x"));
        _study.Delete(".scalems/blobs");
        _study.Run(steps => Two(steps, "y"));

        Assert.Equal("t/second", _study.Ran);
        Assert.Equal("a\ny\n", _study.Read("results/b.txt"));
    }

    [Fact]
    public void Run_NondeterministicProducerMadeAgain_MakesConsumersStale()
    {
        void Define(StepBuilder steps, string tail)
        {
            var random = steps.Shell("random", "od -An -N8 -tx8 /dev/urandom > r.txt").Output("r.txt");
            steps.Shell("left", "cat r.txt > l.txt; echo left >> l.txt").Input("r.txt", random.File("r.txt")).Output("l.txt", publish: "l.txt");
            steps.Shell("right", $"cat r.txt > r2.txt; echo {tail} >> r2.txt").Input("r.txt", random.File("r.txt")).Output("r2.txt", publish: "r2.txt");
        }

        _study.Run(steps => Define(steps, "x"));
        _study.Delete(".scalems/blobs");
        _study.Run(steps => Define(steps, "y"));

        Assert.Equal("t/left t/random t/right", _study.Ran);
        Assert.StartsWith("nondeterministic producer: t/random", _study.ReasonOf("t/left"), StringComparison.Ordinal);
        Assert.StartsWith(_study.Read("l.txt").Split('\n')[0], _study.Read("r2.txt"), StringComparison.Ordinal);

        _study.Run(steps => Define(steps, "y"));
        Assert.Equal(string.Empty, _study.Ran);
    }

    /// <summary>A step that ran, and is then found to have run before on what its producer makes now, is told once, with what it took.</summary>
    [Fact]
    public void Run_StepThatRanAndIsRestoredOnItsProducersNewOutput_IsToldWithWhatItTook()
    {
        void Define(StepBuilder steps, string left, string right)
        {
            var draw = steps.Shell("draw", "cat ../../../../draw > r; (echo s; cat r) > s").Output("r").Output("s");
            var made = steps.Shell("left", $"cat r > l; echo {left} >> l").Input("r", draw.File("r")).Output("l", publish: "l");
            steps.Shell("right", $"cat s l > o; echo {right} >> o").Input("s", draw.File("s")).Input("l", made.File("l")).Output("o", publish: "o");
        }

        void Run(string drawn, string left, string right, params string[] gone)
        {
            _study.Write("draw", drawn + "\n");
            foreach (var text in gone)
            {
                var hex = Core.Digests.Digest.OfText(text).Hex;
                _study.Delete($".scalems/blobs/sha256/{hex[..2]}/{hex[2..]}");
            }

            _study.Run(steps => Define(steps, left, right));
        }

        Run("Y", "second", "1");
        Run("X", "first", "2", "Y\n", "s\nY\n");
        Assert.Equal("t/draw t/left t/right", _study.Ran);
        Run("Y", "second", "3", "s\nX\n");
        Assert.Equal((0, "Y\nsecond\n", "s\nY\nY\nsecond\n3\n"), (_study.Last!.ExitCode, _study.Read("l"), _study.Read("o")));
        var told = Assert.Single(_study.Last!.Summary.Steps, step => step.Id.ToString() == "t/left");
        Assert.Equal((Outcome.Restored, 1), (told.Outcome, told.Attempts.Count));
        Assert.NotNull(told.Metrics);
    }

    [Fact]
    public void Run_IndexDeleted_ExecutesNothing()
    {
        _study.Run(Chain);
        _study.Delete(".scalems/index");
        _study.Run(Chain);

        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Run_StoreMovedWithTheWorkspace_ExecutesNothing()
    {
        _study.Run(Chain);
        using var other = new TestStudy();
        Directory.Delete(other.Root);
        Directory.Move(_study.Root, other.Root);
        other.Run(Chain);
        Directory.Move(other.Root, _study.Root);
        Directory.CreateDirectory(other.Root);

        Assert.Equal("t/final t/upper", other.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Run_FileOfTheUsersInTheWay_IsAFaultAndNothingIsOverwritten()
    {
        _study.Write("results/final.txt", "mine\n");
        var fault = Assert.Throws<Core.Faults.FaultException>(() => _study.Run(Chain));

        Assert.Contains("SMS1013", fault.Message, StringComparison.Ordinal);
        Assert.Equal("mine\n", _study.Read("results/final.txt"));
    }

    [Fact]
    public void Run_MemberLeavesTheGraph_ItsFilesAreMovedAway()
    {
        void Define(StepBuilder steps, int count) => steps.ForEach("n", Enumerable.Range(0, count), n => n, (each, n) =>
            each.Shell("make", $"echo {n} > out.txt").Output("out.txt", publish: $"results/{n}/out.txt"));

        _study.Run(steps => Define(steps, 4));
        _study.Run(steps => Define(steps, 2));

        Assert.Equal(string.Empty, _study.Ran);
        Assert.True(_study.Exists("results/1/out.txt"));
        Assert.False(Directory.Exists(_study.PathOf("results/2")));
        Assert.Contains(_study.Events, e => e is Core.Events.RunEvent.Noticed { Code: "leftovers" });

        _study.Run(steps => Define(steps, 4));
        Assert.Equal(string.Empty, _study.Ran);
        Assert.Equal("3\n", _study.Read("results/3/out.txt"));
    }

    [Fact]
    public void Run_TemplateValueChanged_NamesTheValue()
    {
        _study.Write("run.mdp", "ref-t = @Temperature@\n");
        void Define(StepBuilder steps, int temperature) =>
            steps.Shell("md", "cat run.mdp > out.txt").Template("run.mdp", new SourceFile("run.mdp"), new { Temperature = temperature }).Output("out.txt", publish: "out.txt");

        _study.Run(steps => Define(steps, 300));
        _study.Run(steps => Define(steps, 310));

        Assert.Equal("Temperature 300 → 310 in run.mdp", _study.ReasonOf("t/md"));
        Assert.Equal("ref-t = 310\n", _study.Read("out.txt"));
    }

    [Fact]
    public void Run_LargeInput_ReachesTheStepAndStaysAsItWas()
    {
        _study.Write("large.txt", new string('x', 3 << 20));
        _study.Run(steps => steps.Shell("count", "wc -c < large.txt > n.txt").Input("large.txt", new SourceFile("large.txt")).Output("n.txt", publish: "n.txt"));

        Assert.Equal($"{3 << 20}", _study.Read("n.txt").Trim());
        Assert.Equal(3 << 20, new FileInfo(_study.PathOf("large.txt")).Length);
    }

    [Fact]
    public void Run_LargeInputEditedInPlace_ChangesOnlyTheStepsOwnCopy()
    {
        void Define(StepBuilder steps)
        {
            var made = steps.Shell("make", "head -c 2000000 /dev/zero > big.bin").Output("big.bin", publish: "big.bin");
            steps.Shell("edit", "echo more >> big.bin").Edit("big.bin", made.File("big.bin")).Output("big.bin", publish: "edited.bin");
        }

        _study.Run(Define);
        Assert.Equal(2_000_000, new FileInfo(_study.PathOf("big.bin")).Length);
        Assert.Equal(2_000_005, new FileInfo(_study.PathOf("edited.bin")).Length);

        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Run_ToolUpgraded_NamesTheTool()
    {
        void Tool(string version)
        {
            _study.Write("bin/sim", $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'Version: {version}'; echo \"Working dir: $PWD\"; else echo {version} > out.txt; fi\n");
            File.SetUnixFileMode(_study.PathOf("bin/sim"), (UnixFileMode)0b111_101_101);
        }

        void Define(StepBuilder steps) => steps.Step("sim").Tool(ToolSpec.Versioned("sim", [_study.PathOf("bin/sim")], ["--version"], ["Version:"]))
            .Run("sim").Output("out.txt", publish: "out.txt");

        Tool("2022.5");
        _study.Run(Define);
        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);

        Tool("2023.1");
        _study.Run(Define);
        Assert.Equal("tool sim, Version: 2022.5 → 2023.1", _study.ReasonOf("t/sim"));
        Assert.Equal("2023.1\n", _study.Read("out.txt"));
    }

    [Fact]
    public void Run_VersionThatALauncherChoosesUpgraded_IsNoticed()
    {
        _study.Write("bin/sim", "#!/bin/sh\nversion=$(ls \"$(dirname \"$0\")/versions\" | sort | tail -n 1)\nif [ \"$1\" = --version ]; then echo \"Version: $version\"; else echo \"$version\" > out.txt; fi\n");
        File.SetUnixFileMode(_study.PathOf("bin/sim"), (UnixFileMode)0b111_101_101);
        _study.Write("bin/versions/10.0.1/sim.dll", "old");
        void Define(StepBuilder steps) => steps.Step("sim").Tool(ToolSpec.Versioned("sim", [_study.PathOf("bin/sim")], ["--version"], ["Version:"], beside: ["versions", "not-there"]))
            .Run("sim").Output("out.txt", publish: "out.txt");

        _study.Run(Define);
        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);

        _study.Write("bin/versions/10.0.2/sim.dll", "new");
        _study.Run(Define);
        Assert.Equal("tool sim, Version: 10.0.1 → 10.0.2", _study.ReasonOf("t/sim"));
        Assert.Equal("10.0.2\n", _study.Read("out.txt"));
    }

    [Fact]
    public void Run_SecondLineOfAPrefixOrAnOptionalOneChanged_IsNoticed()
    {
        void Tool(string size, string more)
        {
            _study.Write("bin/sim", $"#!/bin/sh\nif [ \"$1\" = -h ]; then echo '-DSIM_GZIP'; echo '-DSIM_{size}'; {more}; else echo {size} > out.txt; fi\n");
            File.SetUnixFileMode(_study.PathOf("bin/sim"), (UnixFileMode)0b111_101_101);
        }

        void Define(StepBuilder steps) => steps.Step("sim").Tool(ToolSpec.Versioned("sim", [_study.PathOf("bin/sim")], ["-h"], ["-DSIM_"], optional: ["GPU precision:"])).Run("sim").Output("out.txt", publish: "out.txt");

        Tool("SMALLBIG", "true");
        _study.Run(Define);
        Tool("SMALLBIG", ":");
        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);

        Tool("BIGBIG", "true");
        _study.Run(Define);
        Assert.Equal("t/sim", _study.Ran);
        Tool("BIGBIG", "echo 'GPU precision: mixed'");
        _study.Run(Define);
        Assert.Equal("t/sim", _study.Ran);
    }
}
