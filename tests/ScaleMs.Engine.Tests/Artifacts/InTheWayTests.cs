using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Engine.Tests.Artifacts;

/// <summary>What former declarations published where present ones publish something of another kind.</summary>
public sealed class InTheWayTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Output_WhereOurOwnDirectoryStood_TakesItsPlace()
    {
        _study.Run(Publishing("results/a/one", "results/a/deep/two"));
        _study.Run(Publishing("results/a"));

        Assert.Equal((0, "1\n"), (_study.Last!.ExitCode, _study.Read("results/a")));
        Assert.Equal(2, Directory.GetFiles(_study.PathOf(".scalems/kept"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Output_WhereADirectoryHoldsAFileOfTheUser_IsAFault()
    {
        _study.Run(Publishing("results/a/one"));
        _study.Write("results/a/mine", "mine");

        var fault = Assert.Single(Assert.Throws<FaultException>(() => _study.Run(Publishing("results/a"))).Faults);
        Assert.Equal("a directory stands at 'results/a', where step 't/make' would publish its output", fault.What);
        Assert.Equal(("1\n", "mine"), (_study.Read("results/a/one"), _study.Read("results/a/mine")));
    }

    [Fact]
    public void Directory_WhereOurOwnFileStood_TakesItsPlace()
    {
        _study.Run(Publishing("results/a"));
        _study.Run(Publishing("results/a/one"));
        Assert.Equal((0, "1\n"), (_study.Last!.ExitCode, _study.Read("results/a/one")));

        _study.Run(Publishing("results/b"));
        _study.Run(steps => steps.Shell("make", "echo 2 > frames/x").OutputTree("frames", publish: "results/b"));
        Assert.Equal((0, "2\n"), (_study.Last!.ExitCode, _study.Read("results/b/x")));
    }

    [Fact]
    public void Output_WhereOurOwnTreeStood_TakesItsPlace()
    {
        _study.Run(steps => steps.Shell("make", "mkdir frames/d; echo 2 > frames/d/x").Tool("mkdir").OutputTree("frames", publish: "results/b"));
        _study.Run(Publishing("results/b"));

        Assert.Equal((0, "1\n"), (_study.Last!.ExitCode, _study.Read("results/b")));
    }

    [Fact]
    public void Tree_PublishedElsewhere_LeavesNothingBehind()
    {
        _study.Run(Tree("results/a"));
        _study.Write("results/a/mine", "mine");
        _study.Run(Tree("results/b"));

        Assert.Equal("2\n", _study.Read("results/b/x"));
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(_study.PathOf("results/a")).Select(Path.GetFileName));

        static Action<StepBuilder> Tree(string folder) => steps => steps.Shell("make", "echo 2 > frames/x").OutputTree("frames", publish: folder);
    }

    private static Action<StepBuilder> Publishing(params string[] paths) => steps =>
    {
        var make = steps.Shell("make", $"for i in {string.Join(' ', Enumerable.Range(0, paths.Length))}; do echo 1 > o$i; done");
        for (var i = 0; i < paths.Length; i++)
        {
            make.Output($"o{i}", publish: paths[i]);
        }
    };
}
