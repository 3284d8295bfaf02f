using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using Xunit;

namespace ScaleMs.Engine.Tests.Artifacts;

/// <summary>Standard streams as files of the private directory.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Streams_SentToFiles_AreInputsAndOutputs()
    {
        _study.Write("answers.txt", "1\n0\n");
        _study.Run(Sorted);

        Assert.Equal(("0\n1\n", "done\n"), (_study.Read("sorted.txt"), _study.Read("said.txt")));

        _study.Write("answers.txt", "3\n2\n");
        _study.Run(Sorted);
        Assert.Equal(("2\n3\n", "input answers.txt changed"), (_study.Read("sorted.txt"), _study.ReasonOf("t/sort")));
    }

    [Fact]
    public void StandardInput_FromATemplate_HoldsItsValues()
    {
        _study.Write("answers.in", "group @Group@\n");
        _study.Run(steps => steps.Step("ask").Tool("cat").Template("answers", new SourceFile("answers.in"), new { Group = "Water" })
            .Run("cat").InputFrom("answers").OutputTo("out").Output("out", publish: "out.txt"));

        Assert.Equal("group Water\n", _study.Read("out.txt"));
    }

    [Fact]
    public void Streams_OfTwoCommands_AreTheirOwn()
    {
        _study.Run(steps => steps.Step("two").Tool("sh")
            .Run("sh", "-c", "echo a; echo b >&2").OutputTo("both").ErrorTo("both")
            .Run("sh", "-c", "cat; echo log >&2").InputFrom("both").OutputTo("copy")
            .Output("both").Output("copy", publish: "copy.txt"));

        Assert.Equal("a\nb\n", _study.Read("copy.txt"));
    }

    [Fact]
    public void Command_ThroughAnother_IsStartedByItUnderItsOwnName()
    {
        void Define(StepBuilder steps, string greeting) => steps.Step("say").Tool("env").Tool(ToolSpec.Binary("shell", "sh"))
            .Run("shell", "-c", "echo $GREETING $0", "you").Through("env", $"GREETING={greeting}").OutputTo("out").Output("out", publish: "out.txt");

        _study.Run(steps => Define(steps, "hello"));
        Assert.Equal("hello you\n", _study.Read("out.txt"));
        _study.Run(steps => Define(steps, "good day"));
        Assert.Equal("good day you\n", _study.Read("out.txt"));
        Assert.Contains("env GREETING=hello", _study.ReasonOf("t/say"), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_WithStandardErrorInAFile_TellsWhatItSaid()
    {
        _study.Run(steps => steps.Step("bad").Tool("sh").Run("sh", "-c", "echo no atoms >&2; exit 3").ErrorTo("err.txt").Output("err.txt"));

        var failure = _study.StepOf("t/bad").Failure!;
        Assert.Equal(["no atoms"], failure.LogTail);
        Assert.EndsWith("files/err.txt", failure.LogPath, StringComparison.Ordinal);
    }

    private static void Sorted(StepBuilder steps) => steps.Step("sort").Tool("sh")
        .Input("answers.txt", new SourceFile("answers.txt"))
        .Run("sh", "-c", "sort; echo done >&2").InputFrom("answers.txt").OutputTo("out").ErrorTo("err")
        .Output("out", publish: "sorted.txt").Output("err", publish: "said.txt");
}
