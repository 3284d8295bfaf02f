using Cake.Core;
using Cake.Frosting;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Directories, patterns and outputs that may be left out, as the documents show them.</summary>
public sealed class ArtifactTests
{
    private bool _hasSpare;

    [Fact]
    public void Directory_OfAStep_IsReadWholeAndByEachFile()
    {
        var test = Study();
        test.Run().Executed("workflow/split", "workflow/movie", "workflow/measure[frame=a.gro]");
        test.Run().ExecutesNothing();

        test.Script("workflow/split", Frames("a.gro", "b.gro"));
        test.Holds("run.xtc", "another").Run().Executed("workflow/split", "workflow/movie", "workflow/measure[frame=b.gro]");
        Assert.Equal("b.gro", test.Text("results/frames/b.gro"));

        test.Script("workflow/split", Frames("b.gro"));
        test.Holds("run.xtc", "a third").Run().Executed("workflow/split", "workflow/movie");
        Assert.Null(test.Text("results/frames/a.gro"));
        Assert.Null(test.Text("results/a.gro.txt"));
    }

    [Fact]
    public void Output_LeftOut_IsNoInput()
    {
        var test = WorkflowTest.Of(Checked).Holds("run.log", "fine").Script("workflow/check", step =>
        {
            if (_hasSpare)
            {
                step.Write("warnings.txt", "spare");
            }

            return ScriptedEnd.Done;
        });
        test.Run().Executed("workflow/check", "workflow/report");
        test.Run().ExecutesNothing();

        _hasSpare = true;
        test.Holds("run.log", "not so fine").Run().Executed("workflow/check", "workflow/report");
        Assert.Equal("spare", test.Text("warnings.txt"));

        _hasSpare = false;
        test.Holds("run.log", "fine again").Run().Executed("workflow/check");
        Assert.Null(test.Text("warnings.txt"));
    }

    [Fact]
    public void Glob_FileAddedOrGone_ChangesTheMembers()
    {
        var test = WorkflowTest.OfTarget<GlobContext>("sum").Holds("study/texts/b.txt", "b").Holds("study/texts/a.txt", "a").Holds("study/texts/.c.txt", "hidden")
            .Holds("study/data/x", "x").Holds("study/data/sub/.y", "y");
        test.Run().Executed("texts[text=a]", "texts[text=b]", "sum");
        test.Run().ExecutesNothing();

        test.Holds("study/texts/c.txt", "c").Run().Executed("texts[text=c]");
        test.Holds("study/data/sub/z", "z").Run().Executed("sum");
        test.Holds("study/data/sub/.y", "other").Run().Executed("sum");
        test.Host.Disk.Delete("/workspace/study/texts/b.txt");
        test.Run().ExecutesNothing();
        Assert.Null(test.Text("results/b.txt"));
    }

    [Fact]
    public void Glob_ThatNamesNothingOrAnOutput_IsAFault()
    {
        var none = Assert.Throws<FaultException>(() => WorkflowTest.OfTarget<GlobContext>("sum").Holds("study/data/x", "x").Run());
        Assert.Equal("no file of the workspace is named by 'study/texts/*.txt'", Assert.Single(none.Faults).What);

        var output = Assert.Throws<FaultException>(() => WorkflowTest.OfTarget<GlobContext>("looped").Holds("study/texts/a.txt", "a").Holds("study/data/x", "x").Run());
        Assert.Equal("the definition looks for source files with 'study/texts/*.txt', and step 'looped' publishes 'study/texts/z.txt' there", Assert.Single(output.Faults).What);
    }

    [Theory]
    [InlineData("texts/*.txt", null)]
    [InlineData("none/*.txt", "no file of the workspace is named by 'study/none/*.txt'")]
    [InlineData("../x", "the pattern '../x' leaves its directory")]
    [InlineData("found/*.md", "the definition looks for source files with 'study/found/*.md', and step 'late/list' publishes 'study/found/list.md' there")]
    [InlineData("found/*.log", "the definition looks for source files with 'study/found/*.log', and step 'late' publishes 'study/found/late.log' there")]
    public void Glob_WhereTheDefinitionGoesOn_IsCheckedToo(string pattern, string? fault)
    {
        var test = WorkflowTest.OfTarget<GlobContext>("late").Holds("study/texts/a.txt", "a").Holds("study/found/own.md", "mine").Holds("study/found/own.log", "mine")
            .Script("late/list", step =>
            {
                step.Write("list.txt", pattern);
                return ScriptedEnd.Done;
            });
        var report = test.Run().Run.Report!;
        Assert.Equal(fault is not null, report.Faults.Any(found => found.What == fault));
        Assert.Equal(fault is null ? 0 : 3, report.ExitCode);
    }

    private static WorkflowTest Study() => WorkflowTest.Of(Split).Holds("run.xtc", "trajectory").Script("workflow/split", Frames("a.gro"));

    private static StepScript Frames(params string[] names) => step =>
    {
        foreach (var name in names)
        {
            step.Write($"frames/{name}", name);
        }

        return ScriptedEnd.Done;
    };

    private static void Split(StepBuilder steps)
    {
        var split = steps.Step("split")
            .Input("run.xtc", new SourceFile("run.xtc"))
            .Tool("gmx").Run("gmx", "trjconv", "-f", "run.xtc", "-o", "frames/frame.gro", "-sep")
            .OutputTree("frames", "*.gro", publish: "results/frames");
        steps.Step("movie").Input("in", split.Tree("frames")).Tool("render").Run("render", "in", "movie.mp4").Output("movie.mp4");
        steps.Expand("frame", split.Tree("frames"), (member, name) => member.Step("measure")
            .Input("frame.gro", split.Tree("frames").File(name)).Tool("measure").Run("measure", "frame.gro").Output("out", publish: $"results/{name}.txt"));
    }

    private static void Checked(StepBuilder steps)
    {
        var check = steps.Step("check").Input("run.log", new SourceFile("run.log")).Tool("check").Run("check", "run.log")
            .Output("warnings.txt", publish: "warnings.txt", isOptional: true);
        steps.Step("report").Input("warnings.txt", check.File("warnings.txt")).Tool("report").Run("report").Output("report.txt");
    }
}

public sealed class GlobContext(ICakeContext context) : ScaleMsContext(context, "study");

[TaskName("texts")]
public sealed class TextsTask : StepTask<GlobContext>
{
    public override void Define(StepBuilder steps, GlobContext context) =>
        steps.ForEach("text", context.Glob("texts/*.txt"), file => Path.GetFileNameWithoutExtension(file.Name), (member, file) => member.Step("texts")
            .Input("text.txt", file).Tool("wc").Run("wc", "-w", "text.txt").Output("count.txt", publish: $"results/{file.Name}"));
}

[TaskName("sum")]
public sealed class SumTask(TextsTask texts) : StepTask<GlobContext>
{
    public TextsTask Texts { get; } = texts;

    public override void Define(StepBuilder steps, GlobContext context) =>
        steps.Step("sum").Input("data", context.Folder("data")).Tool("sum").Run("sum", "data").Output("sum.txt");
}

[TaskName("looped")]
public sealed class LoopedTask(TextsTask texts) : StepTask<GlobContext>
{
    public TextsTask Texts { get; } = texts;

    public override void Define(StepBuilder steps, GlobContext context) =>
        steps.Step("looped").Input("in", context.Source("texts/a.txt")).Tool("cat").Run("cat").Output("z.txt", publish: "study/texts/z.txt");
}

/// <summary>Looks for files when a content is known.</summary>
[TaskName("late")]
public sealed class LateTask : StepTask<GlobContext>
{
    public override void Define(StepBuilder steps, GlobContext context)
    {
        var list = steps.Step("list").Input("in", context.Source("texts/a.txt")).Tool("list").Run("list").Output("list.txt", publish: "study/found/list.md");
        steps.WhenKnown(list.File("list.txt"), (more, text) => more.Step("late").Inputs("in", context.Glob(text.Trim())).Tool("late").Run("late").Output("late.txt", publish: "study/found/late.log"));
    }
}
