using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Keeping;

/// <summary>What one output gives up, another with the same bytes may need.</summary>
public sealed class EqualBytesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Keep_UntilConsumedWhileAnotherStepTakesTheSameBytes_LeavesThemToIt()
    {
        MeetInStore(endsWith: "o");
        _study.Run(steps =>
        {
            var big = steps.Shell("big", "echo same > big").Output("big", keep: Keep.UntilConsumed);
            steps.Shell("read", "cat x x > o").Input("x", big.File("big")).Output("o");
            steps.Shell("twin", "echo same > twin").Output("twin", publish: "out/twin");
        });
        Assert.Equal("", _study.Of(Outcome.Failed));
        Assert.Equal("same\n", _study.Read("out/twin"));
        Assert.True(HasBlob("same\n"));
        Assert.Single(_study.StepOf("t/twin").Attempts);
    }

    [Fact]
    public void Store_InPlaceWhileAnotherStepTakesTheSameBytes_LeavesThemToIt()
    {
        MeetInStore(endsWith: null);
        _study.Run(steps =>
        {
            steps.Shell("big", "echo same > big").Output("big", publish: "out/big", store: StoreAs.InPlace);
            steps.Shell("twin", "echo same > twin").Output("twin", publish: "out/twin");
        });
        Assert.Equal("", _study.Of(Outcome.Failed));
        Assert.Equal("same\n", _study.Read("out/big"));
        Assert.Equal("same\n", _study.Read("out/twin"));
        Assert.True(HasBlob("same\n"));
        Assert.Single(_study.StepOf("t/twin").Attempts);
    }

    [Fact]
    public void Store_InPlaceOfEqualWork_RunsOnceAndPublishesBoth()
    {
        void Define(StepBuilder steps)
        {
            for (var i = 0; i < 2; i++)
            {
                steps.Shell($"big{i}", "echo same > big").Output("big", publish: $"out/{i}", store: StoreAs.InPlace);
            }
        }

        _study.Run(Define);
        Assert.Equal(1, _study.Last!.Summary.Counts.Executed);
        Assert.Equal("same\n", _study.Read("out/0"));
        Assert.Equal("same\n", _study.Read("out/1"));
        Assert.False(HasBlob("same\n"));
        _study.Delete("out/0");
        _study.Run(Define);
        Assert.Equal("t/big0", _study.Of(Outcome.Restored));
        Assert.Equal("same\n", _study.Read("out/0"));
        Assert.Equal("same\n", _study.Read("out/1"));
        Assert.False(HasBlob("same\n"));
        _study.Run(Define);
        Assert.Equal(2, _study.Last!.Summary.Counts.UpToDate);
    }

    [Fact]
    public void Keep_NeverWhileEqualWorkWaits_LeavesTheBytesToIt()
    {
        var script = "head -c 3 /dev/zero > big; sleep 0";
        void Define(StepBuilder steps)
        {
            steps.Shell("one", script).Output("big", keep: Keep.Never);
            steps.Shell("two", script).Output("big", publish: "out/two", store: StoreAs.InPlace);
        }

        _study.Run(Define);
        Assert.Equal("t/one", _study.Ran);
        Assert.Equal("t/two", _study.Of(Outcome.Restored));
        Assert.Equal("\0\0\0", _study.Read("out/two"));
        Assert.False(HasBlob("\0\0\0"));
    }

    [Fact]
    public void Keep_UntilConsumedOfTwoOutputsWithTheSameBytes_GoWithTheLastOne()
    {
        _study.Run(steps =>
        {
            for (var i = 0; i < 2; i++)
            {
                var big = steps.Shell($"big{i}", $"echo same > {i}").Output($"{i}", keep: Keep.UntilConsumed);
                steps.Shell($"read{i}", $"cat x x > o; echo {i} >> o").Input("x", big.File($"{i}")).Output("o");
            }
        });
        Assert.Equal(4, _study.Last!.Summary.Counts.Executed);
        Assert.False(HasBlob("same\n"));
    }

    [Fact]
    public void Bytes_OnlyInAnotherStepsFileThatIsReplaced_AreTakenBefore()
    {
        void Define(StepBuilder steps, string twin, bool isRead)
        {
            var big = steps.Shell("big", "echo same > o").Output("o");
            steps.Shell("twin", $"echo {twin} > o; echo > log").Output("o", publish: "out/twin").Output("log");
            if (isRead)
            {
                steps.Shell("read", "cat x x > o").Input("x", big.File("o")).Output("o", publish: "out/read");
            }
        }

        _study.Run(steps => Define(steps, "same", isRead: false));
        _study.Delete(".scalems/blobs");
        _study.Run(steps => Define(steps, "other", isRead: true), request => request with { Capacity = new Core.Model.Resources(1) });
        Assert.Equal("", _study.Of(Outcome.Failed));
        Assert.Equal("t/read t/twin", _study.Ran);
        Assert.Equal("same\nsame\n", _study.Read("out/read"));
    }

    [Fact]
    public void Bytes_OnlyInAFileThatItsStepReplaces_StayForWhoNeedsThem()
    {
        void Define(StepBuilder steps, string script)
        {
            var one = steps.Shell("one", script).Output("o", publish: "out/one", store: StoreAs.InPlace);
            var two = steps.Shell("two", "echo same > o").Output("o");
            steps.Shell("read", "cat x y > o").Input("x", one.File("o")).Input("y", two.File("o")).Output("o", publish: "out/read");
        }

        _study.Run(steps => Define(steps, "echo same > o"));
        _study.Delete(".scalems/blobs");
        _study.Run(steps => Define(steps, "echo other > o"));
        Assert.Equal("t/one t/read", _study.Ran);
        Assert.Equal("other\nsame\n", _study.Read("out/read"));
    }

    [Fact]
    public void Store_InPlaceOfTwoEqualOutputs_PublishesBothAndKeepsNoBlob()
    {
        void Define(StepBuilder steps) => steps.Shell("big", "echo same > a; cp a b")
            .Output("a", publish: "out/a", store: StoreAs.InPlace).Output("b", publish: "out/b", store: StoreAs.InPlace);
        _study.Run(Define);
        Assert.Null(_study.StepOf("t/big").Failure);
        Assert.Equal("same\n", _study.Read("out/a"));
        Assert.Equal("same\n", _study.Read("out/b"));
        Assert.False(HasBlob("same\n"));
        _study.Run(Define);
        Assert.Equal("t/big", _study.Of(Outcome.UpToDate));
    }

    [Fact]
    public void Store_InPlaceBesideAnEqualBlob_KeepsTheBlob()
    {
        _study.Run(steps => steps.Shell("big", "echo same > a; cp a b")
            .Output("a", publish: "out/a", store: StoreAs.InPlace).Output("b", publish: "out/b"));
        Assert.Equal("same\n", _study.Read("out/a"));
        Assert.True(HasBlob("same\n"));
    }

    [Fact]
    public void Keep_NeverOfTheSameBytesAsALog_KeepsTheLog()
    {
        _study.Run(steps => steps.Shell("big", "echo same | tee big").Output("big", publish: "out/big", keep: Keep.Never));
        Assert.True(HasBlob("same\n"));
    }

    /// <summary>The twin takes its bytes when the big step's are in the store, and goes on when those were given up.</summary>
    private void MeetInStore(string? endsWith)
    {
        var isIn = new TaskCompletionSource();
        var twinIsIn = new TaskCompletionSource();
        var gaveUp = new TaskCompletionSource();
        _study.Ports = ports => ports with
        {
            OpenStore = () => new WatchedStore(ports.OpenStore())
            {
                Taking = name =>
                {
                    Wait(name == "twin", isIn);
                    Wait(name == endsWith, twinIsIn);
                },
                Taken = name =>
                {
                    Done(name == "big", isIn);
                    Done(name == "twin", twinIsIn);
                    // In place, the big step goes on to publish when the twin is there.
                    Wait(name == "big" && endsWith is null, twinIsIn);
                    Wait(name == "twin", gaveUp);
                },
                GaveUp = () => gaveUp.TrySetResult(),
            },
        };
    }

    private static void Wait(bool isWanted, TaskCompletionSource signal)
    {
        if (isWanted)
        {
            signal.Task.Wait(Patience);
        }
    }

    private static void Done(bool isDone, TaskCompletionSource signal)
    {
        if (isDone)
        {
            signal.TrySetResult();
        }
    }

    private bool HasBlob(string text)
    {
        var hex = Digest.OfText(text).Hex;
        return _study.Exists($".scalems/blobs/sha256/{hex[..2]}/{hex[2..]}");
    }
}
