using Cake.Core;
using Cake.Frosting;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Tests;
using Xunit;

namespace ScaleMs.Testing.Tests;

/// <summary>Tasks as a Frosting workflow declares them are tested without its host.</summary>
public sealed class FrostingTests
{
    [Fact]
    public void Target_OfFrostingTasks_RunsItsClosureOnce()
    {
        var study = WorkflowTest.OfTarget<PairContext>("merge", "members=3").Holds("study/in.txt", "x");
        study.Run().Executed("split[part=0]", "split[part=1]", "split[part=2]", "merge");
        study.Run().ExecutesNothing();
        Assert.NotNull(study.Text("results/all.txt"));
    }

    [Fact]
    public void Target_InTheMiddle_LeavesWhatComesAfter() =>
        WorkflowTest.OfTarget<PairContext>("split").Holds("study/in.txt", "x").Run().Executed("split[part=0]", "split[part=1]");

    [Fact]
    public void Parameters_ThatAreWrong_AreToldAtOnce() => Snapshot.Matches(
        Assert.Throws<FaultException>(() => WorkflowTest.OfTarget<PairContext>("merge", "members=many", "member=3").Holds("study/in.txt", "x").Run()).Message);

    [Fact]
    public void Step_WithSecrets_NeedsNoneInATest()
    {
        var study = WorkflowTest.OfTarget<PairContext>("send");
        study.Run().Executed("send");
        study.Run().ExecutesNothing();
        Assert.Empty(study.Host.Disk.Files(SimulatedHost.PathOf(".scalems/secrets")));
    }

    [Fact]
    public void FilesOfAWorkflow_TakenFromTheRealDisk_AreItsSources()
    {
        var directory = Directory.CreateTempSubdirectory("scalems-testing-");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "in.txt"), "x");
            WorkflowTest.OfTarget<PairContext>("split").HoldsFilesOf(directory.FullName, "study").Run().Executed("split[part=0]", "split[part=1]");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}

public sealed class PairContext : ScaleMsContext
{
    public PairContext(ICakeContext context)
        : base(context, "study") => Members = (int)Parameters.Integer("members", 2, 1, 9);

    public int Members { get; }
}

[TaskName("split")]
public sealed class SplitTask : StepTask<PairContext>
{
    public List<Artifact> Parts { get; } = [];

    public override void Define(StepBuilder steps, PairContext context) =>
        steps.ForEach("part", Enumerable.Range(0, context.Members), part => part, (member, part) =>
        {
            var step = member.Step("split").Input("in.txt", context.Source("in.txt")).Tool("split").Run("split", $"{part}").Output("part.txt");
            Parts.Add(step.File("part.txt"));
            return step;
        });
}

[TaskName("send")]
public sealed class SendTask : StepTask<PairContext>
{
    public override void Define(StepBuilder steps, PairContext context) => steps.Step("send").Tool("cat").Run("cat")
        .Secret("TOKEN", context.Secret("token", fromEnvironment: "NO_SUCH_TOKEN")).SecretFile("licence", context.Secret("licence", fromFile: "licence.key")).Secret("PASSWORD", context.Secret("password", fromCommand: ["no-such-manager", "show"]))
        .Output("sent.txt");
}

[TaskName("merge")]
public sealed class MergeTask(SplitTask split) : StepTask<PairContext>
{
    public override void Define(StepBuilder steps, PairContext context)
    {
        var merge = steps.Step("merge").Tool("cat").Run("cat").Output("all.txt", publish: "results/all.txt");
        foreach (var (part, i) in split.Parts.Select((part, i) => (part, i)))
        {
            merge.Input($"{i}.txt", part);
        }
    }
}
