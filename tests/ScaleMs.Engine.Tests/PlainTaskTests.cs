using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>Plain Cake tasks between step tasks: they run each time, and what they change is seen.</summary>
public sealed class PlainTaskTests : IDisposable
{
    private readonly TestStudy _study = new();
    private readonly List<string> _called = [];

    public void Dispose() => _study.Dispose();

    private void Run(Func<string, bool> plain, params string[] order)
    {
        using var collector = new StepCollector(_study.Root);
        new StepBuilder(collector, "use").Shell("use", "cat in.txt > out.txt").Input("in.txt", new SourceFile("made.txt")).Output("out.txt", publish: "out.txt");
        new StepBuilder(collector, "free").Shell("free", "echo > free.txt").Output("free.txt", publish: "free.txt");
        var definition = new WorkflowDefinition(
            [new("make", order, IsPlain: true), new("use", ["make"], IsPlain: false), new("free", [], IsPlain: false)], collector.Build(), collector.Faults);
        _study.Run(definition, request => request with
        {
            RunPlainTask = name =>
            {
                _called.Add(name);
                return Task.FromResult(plain(name));
            },
        });
    }

    private bool Make(string text)
    {
        _study.Write("made.txt", text);
        return true;
    }

    [Fact]
    public void PlainTask_MakesASourceFile_TheStepAfterItSeesIt()
    {
        Run(_ => Make("one\n"));

        Assert.Equal(0, _study.Last!.ExitCode);
        Assert.Equal("one\n", _study.Read("out.txt"));
    }

    [Fact]
    public void PlainTask_RunsEachTime_StepOnlyWhenItsFileChanged()
    {
        Run(_ => Make("one\n"));
        Run(_ => Make("one\n"));
        Assert.Equal(string.Empty, _study.Ran);

        Run(_ => Make("two\n"));
        Assert.Equal("use", _study.Ran);
        Assert.Equal("two\n", _study.Read("out.txt"));
        Assert.Equal(["make", "make", "make"], _called);
    }

    [Fact]
    public void PlainTask_ThatFails_BlocksWhatComesAfterIt()
    {
        Run(_ => false);

        Assert.Equal(1, _study.Last!.ExitCode);
        Assert.Equal(Outcome.Blocked, _study.StepOf("use").Outcome);
    }
}
