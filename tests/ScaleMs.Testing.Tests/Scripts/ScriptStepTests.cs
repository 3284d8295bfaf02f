using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Scripting;
using Xunit;

namespace ScaleMs.Testing.Tests.Scripts;

/// <summary>Steps that a script declares beside its tasks: the engine sees no difference from those of a class.</summary>
public sealed class ScriptStepTests
{
    private static WorkflowTest Study(string target, Action<ICakeContext, Func<string, CakeTaskBuilder>> script, params string[] parameters) =>
        WorkflowTest.OfScript(target, script, parameters).Holds("a.txt", "a").Holds("b.txt", "b").Holds("in/1.txt", "1").Holds("in/2.txt", "2");

    private static void ListAndCount(ICakeContext context)
    {
        var list = context.Step("list").Inputs("a.txt", "b.txt").Command("cat", "a.txt", "b.txt").OutputTo("list.txt").Output("list.txt");
        context.Step("count").Input("in.txt", list.File("list.txt")).Command("wc", "in.txt").OutputTo("n.txt").Outputs("n.txt");
    }

    [Fact]
    public void Step_OfAScript_RunsOnceAndIsUpToDateAfterwards()
    {
        var study = Study("count", (context, _) => ListAndCount(context));
        study.Run().Executed("list", "count");
        study.Run().ExecutesNothing();
        study.Holds("b.txt", "other").Run().Executed("list", "count");
        Assert.NotNull(study.Text("n.txt"));
    }

    [Fact]
    public void Handle_OfAnotherStep_IsTheDependency() => Study("count", (context, _) => ListAndCount(context)).Run().Executed("list", "count");

    [Fact]
    public void Steps_ThatTheTargetDoesNotNeed_AreNotDefined()
    {
        // Not a constant, which the compiler would tell already (SMS5003).
        var outside = "../x";
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            ListAndCount(context);
            context.Step("wrong").Inputs("none/*.txt").Output(outside);
        }

        Study("list", Script).Run().Executed("list");
        var faults = Assert.Throws<FaultException>(() => Study("wrong", Script).Run()).Faults;
        Assert.Equal(["SMS1003", "SMS1004", "SMS1011"], faults.Select(fault => fault.Code).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.EndsWith("ScriptStepTests.cs", fault.Where.File, StringComparison.Ordinal));
    }

    [Fact]
    public void TaskAndStep_DependOnEachOther_InBothDirections()
    {
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            task("fetch").Does(() => { });
            var list = context.Step("list").Inputs("a.txt").Command("cat", "a.txt").Outputs("list.txt").IsDependentOn("fetch").Description("Lists");
            task("show").IsDependentOn(list).Does(() => { });
            context.Step("early").Command("true").Outputs("early.txt").IsDependeeOf("show");
        }

        Study("show", Script).Run().Executed("early", "list");
        Assert.Equal(["fetch", "list", "early", "show"], Definitions.OfScript("show", [], new SimulatedHost().Disk, Script).Tasks.Select(each => each.Name));
    }

    [Fact]
    public void StepOfACompiledWorkflow_NamedByItsId_IsADependencyToo()
    {
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            context.AddWorkflow<PairContext>(task);
            context.Step("count").Input("all.txt", new Artifact(StepId.Parse("merge"), "all.txt")).Command("wc", "all.txt").OutputTo("n").Outputs("n");
        }

        Study("count", Script).Holds("study/in.txt", "x").Run().Executed("split[part=0]", "split[part=1]", "merge", "count");
    }

    [Fact]
    public void Criteria_OfSteps_AreTheTasks()
    {
        var asked = 0;
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            var builder = context.Steps("some").WithCriteria(() => ++asked > 0, "never").IsDependeeOf("all");
            builder.Step("one").Command("true").Output("o");
            task("all").Does(() => { });
        }

        Assert.Equal(["some", "all"], Definitions.OfScript("all", [], new SimulatedHost().Disk, Script).Tasks.Select(each => each.Name));
        Assert.Equal(0, asked);
    }

    [Fact]
    public void ForEach_AfterWhatHoldsForAll_GivesEachMemberAStepOfItsOwn()
    {
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            var each = context.Step("each").Tool("head").Environment("COMMON", "1")
                .ForEach("n", [1, 2], (step, n) => step.Environment("OWN", $"{n}").Inputs($"in/{n}.txt").Run("head", $"in/{n}.txt").Output("out", publish: $"out/{n}.txt"));
            context.Step("all").Inputs(n => $"{n}", each.Files("out")).Command("cat", "1", "2").Outputs("all.txt");
        }

        var study = Study("all", Script);
        study.Run().Executed("each[n=1]", "each[n=2]", "all");
        study.Holds("in/2.txt", "other").Run().Executed("each[n=2]", "all");
    }

    [Fact]
    public void Steps_OfATask_TakeEveryFormOfTheBuilder()
    {
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            var pairs = context.Steps("pairs").Description("All pairs").Cross(
                new Axis<string>("x", ["a", "b"]), new Axis<int>("n", [1, 2]), (member, x, n) => member.Step("one").Inputs($"{x}.txt").Command("cut", $"{n}").Output("out"));
            context.Steps("means").IsDependentOn("pairs").Reduce("x", pairs, pair => pair.First, (group, x, members) =>
                group.Step("mean").Inputs(n => $"{n}", members.Files("out")).Command("mean").Output("m", publish: $"{x}.mean"));
        }

        Study("means", Script).Run().Executed("pairs/one[x=a,n=1]", "pairs/one[x=a,n=2]", "pairs/one[x=b,n=1]", "pairs/one[x=b,n=2]", "means/mean[x=a]", "means/mean[x=b]");
    }

    [Fact]
    public void Expansion_DeclaredByAScript_GoesOnWhenItIsKnown()
    {
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            var list = context.Step("list").Inputs("a.txt").Command("ls").OutputTo("list.txt").Output("list.txt");
            context.Steps("frames").Expand("frame", list.File("list.txt"), (member, name) => member.Step("frame").Command("cut", name).Output("out", publish: $"{name}.out"));
        }

        Study("frames", Script).Script("list", WriteList).Run().Executed("list", "frames/frame[frame=x]", "frames/frame[frame=y]");
    }

    private static ScriptedEnd WriteList(ScriptedStep step)
    {
        step.Write("list.txt", "x\ny\n");
        return ScriptedEnd.After(1);
    }
}
