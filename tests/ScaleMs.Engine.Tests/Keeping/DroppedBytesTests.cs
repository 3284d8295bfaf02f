using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;
using Xunit;

namespace ScaleMs.Engine.Tests.Keeping;

/// <summary>Bytes that go when they were read: when they go, and what a plan says of them.</summary>
public sealed class DroppedBytesTests : IDisposable
{
    private readonly TestStudy _study = new();

    public DroppedBytesTests() => _study.Write("in", "1");

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Dropped_ByARunWhoseReadersAreSparedByCutOff_GoAgain()
    {
        _study.Run(steps => Chain(steps, "cat in > /dev/null; echo same > big"));
        Assert.False(HasBlob("same\n"));
        _study.Write("in", "2");
        _study.Run(steps => Chain(steps, "cat in > /dev/null; echo same > big"));
        Assert.Equal("t/big", _study.Ran);
        Assert.False(HasBlob("same\n"));
    }

    [Fact]
    public void Dropped_OnlyWhenASparedReaderWithoutBytesIsNotOpenedAgain_AreMadeOnce()
    {
        void Define(StepBuilder steps)
        {
            var big = steps.Shell("big", "cat in > /dev/null; echo same > big").Input("in", new SourceFile("in")).Output("big", keep: Keep.Never);
            var middle = steps.Shell("middle", "cat x x > middle").Input("x", big.File("big")).Output("middle", keep: Keep.UntilConsumed);
            steps.Shell("end", "cat x in > o").Input("x", middle.File("middle")).Input("in", new SourceFile("in")).Output("o", publish: "out/o");
        }

        _study.Run(Define);
        _study.Write("in", "2");
        _study.Run(Define);
        Assert.Equal("t/big t/end t/middle", _study.Ran);
        Assert.Single(_study.StepOf("t/big").Attempts);
        Assert.False(HasBlob("same\n"));
        Assert.False(HasBlob("same\nsame\n"));
    }

    [Fact]
    public void Dropped_AfterANewReader_DoNotWaitForWhatTheSparedOnesBytesGoTo()
    {
        void Define(StepBuilder steps, int readers)
        {
            var big = steps.Shell("big", "cat in in > big").Input("in", new SourceFile("in")).Output("big", keep: Keep.UntilConsumed);
            var merge = steps.Shell("merge", $"test ! -e {SeenFromAStep("11")} && test -e {SeenFromAStep("110\n")} && echo gone > o").Output("o", publish: "out/o");
            for (var i = 0; i < readers; i++)
            {
                merge.Input($"{i}", steps.Shell($"read{i}", $"cat x > o; echo {i} >> o").Input("x", big.File("big")).Output("o").File("o"));
            }
        }

        _study.Run(steps => Define(steps, readers: 1));
        Assert.Equal("gone\n", _study.Read("out/o"));
        _study.Run(steps => Define(steps, readers: 2));
        Assert.Equal("t/big t/merge t/read1", _study.Ran);
    }

    [Fact]
    public void Dropped_AlongAChain_GoBeforeTheNextButOneStarts()
    {
        // Link i holds the digit i; each says whether the bytes of the link before the one that it reads are there.
        _study.Run(steps =>
        {
            var last = steps.Shell("link0", "echo 0 > o").Output("o", keep: Keep.UntilConsumed).File("o");
            for (var i = 1; i < 6; i++)
            {
                last = steps.Shell($"link{i}", $"test ! -e {SeenFromAStep($"{i - 2}\n")} && test -e {SeenFromAStep($"{i - 1}\n")} && echo {i} > o")
                    .Input("x", last).Output("o", keep: Keep.UntilConsumed).File("o");
            }
        });
        Assert.Equal(6, _study.Last!.Summary.Counts.Executed);
        Assert.Equal("5", string.Join(' ', Enumerable.Range(0, 6).Where(i => HasBlob($"{i}\n"))));
    }

    [Fact]
    public void Dropped_NotYetWhenTheRunWasKilled_GoWithTheNextRun()
    {
        _study.Run(steps => Chain(steps, "cp in big"));
        using (var store = Store.FileStore.Open(_study.Root))
        {
            store.Put(_study.PathOf("in"));
        }

        _study.Run(steps => Chain(steps, "cp in big"));
        Assert.Equal(2, _study.Last!.Summary.Counts.UpToDate);
        Assert.False(HasBlob("1"));
    }

    [Fact]
    public void Dropped_AndAReaderInAnotherTargetIsNotOfTheRun_StayUntilItRan()
    {
        (string, Action<StepBuilder>) makes = ("a", steps => steps.Shell("big", "cp in big").Input("in", new SourceFile("in")).Output("big", keep: Keep.UntilConsumed));
        (string, Action<StepBuilder>) reads = ("t", steps => steps.Shell("read", "cat x x > o").Input("x", new Artifact(new StepId("a", "big"), "big")).Output("o", publish: "out/o"));
        _study.Run([makes], request => request with { Target = "a" });
        Assert.True(HasBlob("1"));
        _study.Run([makes, reads], request => request with { OnlyTasks = new HashSet<string> { "t" } });
        Assert.Equal("t/read", _study.Ran);
        Assert.False(HasBlob("1"));
    }

    [Fact]
    public void Dropped_AndAReaderIsSkipped_Stay()
    {
        (string, Action<StepBuilder>) makes = ("a", steps => steps.Shell("big", "cp in big").Input("in", new SourceFile("in")).Output("big", keep: Keep.UntilConsumed));
        (string, Action<StepBuilder>) reads = ("t", steps => steps.Shell("read", "cat x x > o").Input("x", new Artifact(new StepId("a", "big"), "big")).Output("o", publish: "out/o"));
        _study.Run([makes, reads], request => request with
        {
            Definition = request.Definition with { Tasks = [.. request.Definition.Tasks.Select(task => task with { IsSkipped = task.Name == "t" })] },
        });
        Assert.True(HasBlob("1"));
    }

    [Fact]
    public void Plan_OfAReaderWhoseBytesWereDropped_NamesTheProducerToo()
    {
        _study.Run(steps => Chain(steps, "cp in big"));
        void More(StepBuilder steps)
        {
            Chain(steps, "cp in big");
            steps.Shell("late", "cat x x x > o").Input("x", new Artifact(new StepId("t", "big"), "big")).Output("o", publish: "out/late");
        }

        _study.Run(More, request => request with { PlanOnly = true });
        Assert.Equal("t/big t/late", Planned(PlanKind.Certain));
        Assert.Contains("bytes are gone", _study.Last!.Plan.Single(step => step.Step.Id.ToString() == "t/big").Reason.Text, StringComparison.Ordinal);
        _study.Run(More);
        Assert.Equal("t/big t/late", _study.Ran);
        _study.Run(More, request => request with { PlanOnly = true });
        Assert.Equal("", Planned(PlanKind.Certain));
    }

    [Fact]
    public void Dropped_OfAThousandOutputs_AllGo()
    {
        void Define(StepBuilder steps)
        {
            var many = steps.Shell("many", "i=0; while [ $i -lt 1000 ]; do echo $i > f$i; i=$((i+1)); done");
            var read = steps.Shell("read", "cat x* > o");
            for (var i = 0; i < 1000; i++)
            {
                many.Output($"f{i}", keep: Keep.UntilConsumed);
                read.Input($"x{i}", many.File($"f{i}"));
            }

            read.Output("o", publish: "out/o");
        }

        _study.Run(Define);
        Assert.Equal("t/many t/read", _study.Ran);
        Assert.False(HasBlob("0\n"));
        Assert.False(HasBlob("999\n"));
        _study.Run(Define);
        Assert.Equal(2, _study.Last!.Summary.Counts.UpToDate);
    }

    private static void Chain(StepBuilder steps, string script)
    {
        var big = steps.Shell("big", script).Input("in", new SourceFile("in")).Output("big", keep: Keep.UntilConsumed);
        steps.Shell("read", "cat x x > o").Input("x", big.File("big")).Output("o", publish: "out/o");
    }

    private string Planned(PlanKind kind) =>
        string.Join(' ', _study.Last!.Plan.Where(step => step.Kind == kind).Select(step => step.Step.Id.ToString()).Order(StringComparer.Ordinal));

    private bool HasBlob(string text) => _study.Exists($".scalems/{BlobOf(text)}");

    private static string SeenFromAStep(string text) => $"../../../{BlobOf(text)}";

    private static string BlobOf(string text)
    {
        var hex = Digest.OfText(text).Hex;
        return $"blobs/sha256/{hex[..2]}/{hex[2..]}";
    }
}
