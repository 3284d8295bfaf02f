using ScaleMs.Core.Failures;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Testing.Tests.Recipes;

public sealed class OverridingTests
{
    [Fact]
    public void Override_OfWhatIsNotInTheKey_RunsNothing()
    {
        Action<RecipeOverrides>? overrides = null;
        var study = WorkflowTest.Of(steps => Publish(steps, overrides));
        study.Run().Executed("workflow/prep.box", "workflow/prep.solvate", "workflow/end");
        overrides = change => change.Step("solvate", step => step.Resources(memory: "2 GiB").Retries(3).Token("licence").ChangeOutput("solvated.gro", keep: Keep.UntilConsumed));
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Override_OfACommand_RunsThatStepAndItsReaders()
    {
        Action<RecipeOverrides>? overrides = null;
        var study = WorkflowTest.Of(steps => Publish(steps, overrides)).Holds("salt.itp", "NaCl");
        study.Run();
        overrides = change => change.Step("solvate", step => step.Input("salt.itp", new SourceFile("salt.itp")).Tool("packmol").RunInstead("packmol", "-tolerance", "2").Environment("SEED", "1"));
        study.Run().Executed("workflow/prep.solvate", "workflow/end");
        study.Run().ExecutesNothing();
        overrides = null;
        Assert.Empty(study.Run().ExecutedSteps);
    }

    [Fact]
    public void Override_WhenItSaysALittle_LeavesTheRest()
    {
        var step = Defined(steps => steps.Use("prep", new Box { Cores = 4 }, change => change
            .Step("solvate", solvate => solvate.Resources(memory: "1 GiB").ChangeOutput("solvated.gro", publish: "results/solvated.gro", keep: Keep.UntilConsumed))))["workflow/prep.solvate"];
        Assert.Equal((4, 1L << 30, TimeSpan.FromHours(1)), (step.Resources.Cpus, step.Resources.MemoryBytes, step.Resources.TimeLimit));
        var output = Assert.Single(step.Outputs);
        Assert.Equal(("results/solvated.gro", Keep.UntilConsumed, StoreAs.Blob), (output.PublishTo?.Value, output.Keep, output.Store));
        Assert.Equal(["gmx solvate"], Commands(step));
    }

    [Fact]
    public void Override_OfATimeLimitWithZero_TakesItAway() =>
        Assert.Null(Defined(steps => steps.Use("prep", new Box(), change => change.Step("solvate", step => step.Resources(time: "0"))))["workflow/prep.solvate"].Resources.TimeLimit);

    [Fact]
    public void Overrides_OfARecipeAndOfItsUser_LetTheUserHaveTheLastWord()
    {
        var step = Defined(steps => steps.Use("run", new Melt(), change => change
            .Step("prep.box", box => box.Environment("WHO", "study").Environment("ORDER", "first"))
            .Step("prep.box", box => box.Environment("ORDER", "second"))))["workflow/run.prep.box"];
        Assert.Equal(["ORDER=second", "WHO=study"], step.Environment.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(2, step.Retries.Credits);
    }

    [Fact]
    public void Override_OfAStepInMembers_IsMadeInEach()
    {
        var steps = Defined(steps => steps.ForEach("edge", new[] { 1, 2 }, edge => edge, (member, edge) =>
            member.Use("prep", new Box { Edge = edge }, change => change.Step("box", step => step.Parameter("of", step.Id.Member)))));
        Assert.Equal(["of=edge=1", "of=edge=2"], steps.Values.SelectMany(step => step.Parameters).Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void Override_OfAStepThatIsDeclaredWhenSomethingIsKnown_IsMadeThen()
    {
        Func<Step, Step> change = step => step;
        var study = WorkflowTest.Of(steps => steps.Use("run", new Adaptive(), overrides => overrides.Step("late", step => change(step))));
        study.Run().Executed("workflow/run.list", "workflow/run.late");
        change = step => step.RunInstead("wc", "-l");
        study.Run().Executed("workflow/run.late");
    }

    [Fact]
    public void Override_OfAStepThatNeverComes_IsAFaultWhenAllStepsAreKnown()
    {
        var run = WorkflowTest.Of(steps => steps.Use("run", new Adaptive(), overrides => overrides.Step("lat", step => step.Retries(1)))).Run();
        var fault = Assert.Single(run.Run.Report!.Faults);
        Assert.Equal(("SMS1021", "use 'late'; its steps are 'late', 'list'"), (fault.Code, fault.Try));
    }

    [Fact]
    public void Override_ThatMakesNoDeclaredOutput_FailsTheStepAndLeavesReadersWithoutIt()
    {
        var study = WorkflowTest.Of(steps => Publish(steps, change => change.Step("solvate", step => step.RunInstead("gmx", "nothing"))));
        study.Script("workflow/prep.solvate", _ => ScriptedEnd.Done);
        study.Run().Fails("workflow/prep.solvate");
        Assert.Null(study.Text("end.gro"));
        Assert.Equal(FailureClass.OutputMissing, study.Run().Run.Results.Single(result => result.Id.Step == "prep.solvate").Failure!.Class);
    }

    [Fact]
    public void Override_WithAnInputThatIsThereAlready_IsAFaultWithBothPlaces()
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => WorkflowTest.Of(steps => Publish(steps, change =>
            change.Step("solvate", step => step.Input("box.gro", new SourceFile("mine.gro"))))).Holds("mine.gro", "x").Run()).Faults);
        Assert.Matches(@"Tools\.cs:\d+ \(used at \S*OverridingTests\.cs:\d+, overridden at \S*OverridingTests\.cs:\d+\)", fault.ToString());
    }

    private static void Publish(StepBuilder steps, Action<RecipeOverrides>? overrides) => steps.Step("end")
        .Input("in.gro", steps.Use("prep", new Box(), overrides)).Tool("cp").Run("cp", "in.gro", "end.gro").Output("end.gro", publish: "end.gro");

    private static IEnumerable<string> Commands(StepInstance step) => ((Operation.Commands)step.Operation).List.Select(command => $"{command.Program} {string.Join(' ', command.Arguments)}");

    private static Dictionary<string, StepInstance> Defined(Action<StepBuilder> define) =>
        Definitions.Of([("workflow", define)]).Steps.ToDictionary(step => step.Id.ToString());
}
