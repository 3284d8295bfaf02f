using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;
using ScaleMs.Reporting;
using ScaleMs.Store;
using Xunit;

namespace ScaleMs.Engine.Tests.Comparing;

/// <summary>A table of numbers that is made again: kept as it was while it is within tolerance, with real files.</summary>
public sealed class ToleranceTests : IDisposable
{
    private readonly TestStudy _study;
    private int _round;

    public ToleranceTests() => _study = new TestStudy();

    private ToleranceTests(string cache) => _study = new TestStudy { Cache = cache };

    public void Dispose() => _study.Dispose();

    private void Measure(string value) => _study.Write("value", $"# made in round {_round}\ntime,Pressure\n0,{value}\n");

    /// <summary>Another round makes the table anew, of the number that the world outside has by then.</summary>
    private void Define(StepBuilder steps) => Define(steps, new ToleranceIdentity(absolute: 0.005));

    private void Define(StepBuilder steps, ToleranceIdentity rule, Keep keep = Keep.Always, StoreAs store = StoreAs.Blob, bool asBytes = false)
    {
        var table = steps.Shell("measure", "cat ../../../../value > energy.csv").Parameter("round", _round)
            .Output("energy.csv", rule, publish: "results/energy.csv", keep: keep, store: store);
        steps.Shell("read", "tail -n 1 in.csv > out.txt").Input("in.csv", table.File("energy.csv"), asBytes).Output("out.txt", publish: "results/out.txt");
    }

    private void Again(string value, Action<StepBuilder>? define = null)
    {
        _round++;
        Measure(value);
        Assert.Equal(0, _study.Run(define ?? Define).ExitCode);
    }

    private ActionResult Recorded()
    {
        using var store = FileStore.Open(_study.Root);
        return store.State.Results[store.State.Steps[StepId.Parse("t/measure")].Key];
    }

    [Fact]
    public void Output_WithinTolerance_KeepsTheBytesAndSparesItsReaders()
    {
        Again("1.013");
        var first = _study.Read("results/energy.csv");
        Again("1.017");
        Assert.Equal("t/measure", _study.Ran);
        Assert.Equal("t/read", _study.Of(Outcome.UpToDate));
        Assert.Equal(first, _study.Read("results/energy.csv"));
        Assert.Equal("0,1.013\n", _study.Read("results/out.txt"));
        Assert.Equal((true, first.Length), (Recorded().Outputs[0].Compared!.IsWithin, (int)Recorded().Outputs[0].Length));
        _study.Run(Define);
        Assert.Empty(_study.Ran);
    }

    [Fact]
    public void Output_OutsideTolerance_ReplacesTheBytesAndTellsByValue()
    {
        Again("1.013");
        Again("1.027");
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.Equal("Pressure in energy.csv row 1: 1.013 → 1.027, tolerance 0.005", _study.ReasonOf("t/read"));
        Assert.Contains("t/measure: Pressure in energy.csv row 1: 1.013 → 1.027, tolerance 0.005; it stands for the output from now on", _study.Notices);
        Assert.Equal("0,1.027\n", _study.Read("results/out.txt"));
        Again("1.030");
        Assert.Equal("t/measure", _study.Ran);
    }

    /// <summary>Ten reruns, each near the one before: noticed when they leave the tolerance of the first.</summary>
    [Fact]
    public void Drift_InSteps_IsNoticedWhenItLeavesTheFirst()
    {
        var readAgain = new List<int>();
        Again("1.000");
        for (var i = 1; i <= 10; i++)
        {
            Again(FormattableString.Invariant($"{1 + (i / 1000.0):F3}"));
            if (_study.Ran.Contains("t/read", StringComparison.Ordinal))
            {
                readAgain.Add(i);
            }
        }

        Assert.Equal([6], readAgain);
        Assert.Equal("0,1.006\n", _study.Read("results/out.txt"));
    }

    [Fact]
    public void Output_MadeAgainUnderTheSameKey_IsComparedToo()
    {
        Again("1.013");
        Measure("1.014");
        _study.Run(Define, request => request with { Selection = new StepSelection { Rerun = [StepPattern.Parse("t/measure")] } });
        Assert.Equal("t/measure", _study.Ran);
        Assert.EndsWith("0,1.013\n", _study.Read("results/energy.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_BackAtAnEarlierKey_IsRestoredAsRecorded()
    {
        Again("1.0");
        Again("2.0");
        _round = 1;
        _study.Run(Define);
        Assert.Empty(_study.Ran);
        Assert.EndsWith("0,1.0\n", _study.Read("results/energy.csv"), StringComparison.Ordinal);
        _round = 2;
        Again("1.001");
        Assert.Equal("t/measure", _study.Ran);
    }

    [Fact]
    public void Tolerance_Changed_BeginsAnew()
    {
        Again("1.013");
        Measure("1.014");
        _study.Run(steps => Define(steps, new ToleranceIdentity(absolute: 0.1)));
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.Equal("0,1.014\n", _study.Read("results/out.txt"));
    }

    [Fact]
    public void Reader_ThatAsksForBytes_IsKeyedOnThoseThatItReads()
    {
        void AsBytes(StepBuilder steps) => Define(steps, new ToleranceIdentity(absolute: 0.005), asBytes: true);
        Again("1.013", AsBytes);
        Again("1.014", AsBytes);
        Assert.Equal("t/measure", _study.Ran);
        Again("1.020", AsBytes);
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.Equal("Pressure in energy.csv row 1: 1.013 → 1.020, tolerance 0.005", _study.ReasonOf("t/read"));
        Assert.Equal("0,1.020\n", _study.Read("results/out.txt"));
    }

    [Fact]
    public void Output_WhoseBytesAreGone_GivesWayAndSaysSo()
    {
        void Dropped(StepBuilder steps)
        {
            var table = steps.Shell("measure", "cat $HERE/value > energy.csv").Environment("HERE", _study.Root).Parameter("round", _round)
                .Output("energy.csv", new ToleranceIdentity(absolute: 1), keep: Keep.UntilConsumed);
            steps.Shell("read", "tail -n 1 in.csv > out.txt").Input("in.csv", table.File("energy.csv")).Output("out.txt", publish: "results/out.txt");
        }

        Again("1.013", Dropped);
        Again("1.014", Dropped);
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.Equal("energy.csv: the bytes that stood for it are gone, so there was nothing to compare with", _study.ReasonOf("t/read"));
        Assert.Equal("0,1.014\n", _study.Read("results/out.txt"));
    }

    [Fact]
    public void Output_WhoseBytesWereEdited_IsNotComparedWithThem()
    {
        Again("1.013");
        DeleteBlobs();
        _study.Write("results/energy.csv", "time,Pressure\n0,1.014\n");
        Again("1.014");
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.StartsWith("# made in round 2", _study.Read("results/energy.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_WhoseBytesAreOnlyPublished_IsComparedWithThem()
    {
        Again("1.013");
        DeleteBlobs();
        Again("1.014");
        Assert.Equal("t/measure", _study.Ran);
        _study.Delete("results/energy.csv");
        _study.Run(Define);
        Assert.EndsWith("0,1.013\n", _study.Read("results/energy.csv"), StringComparison.Ordinal);
    }

    /// <summary>The bytes that stand for the output were there at the launch; somebody writes to them before they are compared with.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Output_WhoseBytesAreEditedWhileItIsMade_IsNotComparedWithThem(bool onlyPublished)
    {
        void Spoiling(StepBuilder steps)
        {
            var spoil = onlyPublished ? "$HERE/results/energy.csv" : "$(grep -rl 1.013 $HERE/.scalems/blobs)";
            var table = steps.Shell("measure", $"cat $HERE/value > energy.csv; if [ -e $HERE/spoil ]; then for f in {spoil}; do chmod u+w $f; printf 'time,Pressure\\n0,1.014\\n' > $f; done; fi").Environment("HERE", _study.Root)
                .Parameter("round", _round).Output("energy.csv", new ToleranceIdentity(absolute: 0.005), publish: "results/energy.csv");
            steps.Shell("read", "tail -n 1 in.csv > out.txt").Input("in.csv", table.File("energy.csv")).Output("out.txt", publish: "results/out.txt");
        }

        Again("1.013", Spoiling);
        if (onlyPublished)
        {
            DeleteBlobs();
        }

        _study.Write("spoil", string.Empty);
        Again("1.015", Spoiling);
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.StartsWith("# made in round 2", _study.Read("results/energy.csv"), StringComparison.Ordinal);
        Assert.Equal("0,1.015\n", _study.Read("results/out.txt"));
    }

    /// <summary>It was compared, and then another output gave up the bytes that stand for both, before anybody knew.</summary>
    [Fact]
    public void Output_WhoseBytesAreGivenUpAfterItWasCompared_StandsForItself()
    {
        void Unpublished(StepBuilder steps)
        {
            var table = steps.Shell("measure", "cat $HERE/value > energy.csv").Environment("HERE", _study.Root).Parameter("round", _round).Output("energy.csv", new ToleranceIdentity(absolute: 0.005));
            steps.Shell("read", "tail -n 1 in.csv > out.txt").Input("in.csv", table.File("energy.csv")).Output("out.txt", publish: "results/out.txt");
        }

        Again("1.013", Unpublished);
        var isFirst = true;
        _study.Ports = ports => ports with
        {
            AtPoint = point =>
            {
                if (point == CrashPoint.BeforeCollect && isFirst)
                {
                    isFirst = false;
                    DeleteBlobs();
                }
            },
        };
        Again("1.015", Unpublished);
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.EndsWith("so there was nothing to compare with", _study.ReasonOf("t/read"), StringComparison.Ordinal);
        Assert.Equal("0,1.015\n", _study.Read("results/out.txt"));
    }

    [Fact]
    public void Output_TakenFromASharedCache_StandsForTheOutput()
    {
        var cache = Directory.CreateTempSubdirectory("scalems-cache-").FullName;
        try
        {
            using (var other = new ToleranceTests(cache))
            {
                other.Again("1.013");
                other.Again("1.014");
                Assert.Equal("t/measure", other._study.Ran);
            }

            using var here = new ToleranceTests(cache);
            here.Again("1.000");
            Assert.Equal("t/measure t/read", here._study.Of(Outcome.Restored));
            here.Again("1.000");
            Assert.Equal("t/measure", here._study.Of(Outcome.Restored));
            Assert.EndsWith("0,1.013\n", here._study.Read("results/energy.csv"), StringComparison.Ordinal);
            here.Again("1.017");
            Assert.Equal("t/measure", here._study.Ran);
            Assert.Equal("0,1.013\n", here._study.Read("results/out.txt"));
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void Output_KeptInPlace_IsComparedWhereItIs()
    {
        void InPlace(StepBuilder steps) => Define(steps, new ToleranceIdentity(absolute: 0.005), store: StoreAs.InPlace);
        Again("1.013", InPlace);
        Again("1.014", InPlace);
        Assert.Equal("t/measure", _study.Ran);
        Assert.EndsWith("0,1.013\n", _study.Read("results/energy.csv"), StringComparison.Ordinal);
        Again("1.1", InPlace);
        Assert.Equal("t/measure t/read", _study.Ran);
        Assert.EndsWith("0,1.1\n", _study.Read("results/energy.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Output_NoNumberAnyMore_ReplacesTheBytes()
    {
        Again("1.013");
        Again("nan");
        Assert.Equal("Pressure in energy.csv row 1: 1.013 → nan, which cannot be compared", _study.ReasonOf("t/read"));
    }

    [Fact]
    public void Output_WithoutTheColumnThatIsNamed_FailsAtOnce()
    {
        _round++;
        Measure("1");
        _study.Run(steps => Define(steps, new ToleranceIdentity().Column("Presure", absolute: 1)));
        Assert.Equal("output 'energy.csv' has no column 'Presure'; it has 'time', 'Pressure'", _study.StepOf("t/measure").Failure!.Message);
    }

    [Fact]
    public void Output_ThatIsNoText_FailsAtOnce()
    {
        _study.Run(steps => steps.Shell("zero", "head -c 2000000 /dev/zero > run.trr").Output("run.trr", new ToleranceIdentity(1)));
        Assert.Contains("it has a line of more than 1048576 bytes", _study.StepOf("t/zero").Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_LeftOut_IsComparedWithNothing()
    {
        void Optional(StepBuilder steps) => steps.Shell("measure", "cp $HERE/value energy.csv || true").Environment("HERE", _study.Root).Parameter("round", _round)
            .Output("energy.csv", new ToleranceIdentity(1), isOptional: true);
        Again("1", Optional);
        _study.Delete("value");
        _round++;
        Assert.Equal(0, _study.Run(Optional).ExitCode);
        Assert.True(Recorded().Outputs[0].IsAbsent);
        Again("1.5", Optional);
        Assert.Null(Recorded().Outputs[0].Compared);
    }

    [Theory]
    [InlineData(CrashPoint.BeforeIntent)]
    [InlineData(CrashPoint.AfterLaunch)]
    [InlineData(CrashPoint.BeforeCollect)]
    [InlineData(CrashPoint.BetweenBlobAndRecord)]
    [InlineData(CrashPoint.AfterRecord)]
    public void Host_KilledWhileItCompares_LosesNothingAndStaysRight(string where)
    {
        Again("1.013");
        _round++;
        Measure("1.014");
        _study.Ports = ports => ports with { AtPoint = point => _ = point == where ? throw new InvalidOperationException("killed") : 0 };
        Assert.Throws<InvalidOperationException>(() => _study.Run(Define));
        _study.Ports = ports => ports;
        Measure("1.016");
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.DoesNotContain("t/read", _study.Ran, StringComparison.Ordinal);
        Assert.EndsWith("0,1.013\n", _study.Read("results/energy.csv"), StringComparison.Ordinal);
        _study.Run(Define);
        Assert.Empty(_study.Ran);
    }

    [Fact]
    public void Why_OfTheReaderAndTheProducer_NamesWhatDiffered()
    {
        Again("1.013");
        Again("1.027");
        Assert.Contains("Pressure in energy.csv row 1: 1.013 → 1.027, tolerance 0.005 from t/measure (", Why("t/read"), StringComparison.Ordinal);
        Assert.Contains("Pressure in energy.csv row 1: 1.013 → 1.027, tolerance 0.005 (", Why("t/measure"), StringComparison.Ordinal);
        Again("1.028");
        Assert.Contains("what it made of energy.csv (", Why("t/measure"), StringComparison.Ordinal);
        Assert.Contains("whose bytes are kept", Why("t/measure"), StringComparison.Ordinal);
    }

    private string Why(string step) => string.Join('\n', _study.Run(Define, request => request with { Explain = [step] }).Explanations.SelectMany(ExplanationText.Lines));

    private void DeleteBlobs()
    {
        foreach (var blob in Directory.EnumerateFiles(_study.PathOf(".scalems/blobs"), "*", SearchOption.AllDirectories))
        {
            File.Delete(blob);
        }
    }
}
