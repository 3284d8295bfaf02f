using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>What a run hands on for the next one to look at: all that it was decided on, or nothing.</summary>
public sealed class LooksTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Looks_NullRun_NameSourcesOutputsAndToolsWithWhatWasRead()
    {
        var looks = Settled(Copy("in.txt"));

        Assert.False(looks["in.txt"].Bytes.IsNone);
        Assert.False(looks["out.txt"].Bytes.IsNone);
        Assert.Contains(looks.Keys, path => path.EndsWith("/sh", StringComparison.Ordinal));
    }

    [Fact]
    public void Looks_SourceGivenByItsAbsolutePath_HasWhatWasRead() => Assert.False(Settled(Copy(_study.PathOf("in.txt")))["in.txt"].Bytes.IsNone);

    [Theory]
    [InlineData(".scalems-in/in.txt")]
    [InlineData(".scalems.txt")]
    [InlineData(".scalems/kept/run/in.txt")]
    public void Looks_SourceBesideTheStoreOrKeptInIt_IsAmongThem(string source) => Assert.Contains(source, Settled(Copy(source)).Keys);

    [Fact]
    public void Looks_RunThatExecuted_None()
    {
        _study.Write("in.txt", "one");
        Assert.Null(_study.Run(Copy("in.txt")).Looks);
    }

    [Fact]
    public void Looks_RunThatRestored_None()
    {
        Settled(Copy("in.txt"));
        _study.Delete("out.txt");

        Assert.Null(_study.Run(Copy("in.txt")).Looks);
    }

    [Fact]
    public void Looks_RunThatMovedAwayWhatIsNoLongerMade_None()
    {
        Settled(Copy("in.txt"));

        Assert.Null(_study.Run(steps => steps.Shell("other", "true").Output("none")).Looks);
    }

    [Fact]
    public void Looks_PartOfTheTasksOrAPlan_None()
    {
        Settled(Copy("in.txt"));

        Assert.Null(_study.Run(Copy("in.txt"), request => request with { PlanOnly = true }).Looks);
        Assert.Null(_study.Run(Copy("in.txt"), request => request with { OnlyTasks = new HashSet<string> { "t" } }).Looks);
    }

    private static Action<StepBuilder> Copy(string source) => steps => steps.Shell("copy", "cat in > out").Input("in", new SourceFile(source)).Output("out", publish: "out.txt");

    private Dictionary<string, Look> Settled(Action<StepBuilder> define)
    {
        foreach (var source in (string[])["in.txt", ".scalems-in/in.txt", ".scalems.txt", ".scalems/kept/run/in.txt"])
        {
            _study.Write(source, "one");
        }

        for (var run = 0; run < 4; run++)
        {
            if (_study.Run(define).Looks is { } looks)
            {
                return looks.Where(look => look.FollowsLinks).ToDictionary(look => look.Path, StringComparer.Ordinal);
            }
        }

        throw new InvalidOperationException("No run was worth remembering.");
    }
}
