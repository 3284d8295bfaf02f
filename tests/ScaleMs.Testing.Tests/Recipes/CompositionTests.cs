using Cake.Core;
using Cake.Core.Diagnostics;
using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Testing.Tests.Recipes;

public sealed class CompositionTests
{
    [Fact]
    public void Recipe_UsedTwice_HasStepsUnderBothNames()
    {
        var study = WorkflowTest.Of(steps =>
        {
            steps.Use("small", new Box());
            steps.Use("large", new Box { Edge = 9 });
        });
        study.Run().Executed("workflow/small.box", "workflow/small.solvate", "workflow/large.box", "workflow/large.solvate");
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Recipe_ThatTwoOthersUse_HasNamesOfEachAndHandlesPass()
    {
        var study = WorkflowTest.Of(steps =>
        {
            var melted = steps.Use("melt", new Melt());
            steps.Use("compare", new Compare(melted));
        });
        study.Run().Executed(
            "workflow/melt.prep.box", "workflow/melt.prep.solvate", "workflow/melt.melt",
            "workflow/compare.reference.box", "workflow/compare.reference.solvate", "workflow/compare.compare");
        study.Run().ExecutesNothing();
    }

    [Fact]
    public void Recipe_InMembers_IsThereOnceForEach() => WorkflowTest.Of(steps =>
            steps.ForEach("edge", new[] { 1, 2 }, edge => edge, (member, edge) => member.Use("prep", new Box { Edge = edge })))
        .Run().Executed("workflow/prep.box[edge=1]", "workflow/prep.solvate[edge=1]", "workflow/prep.box[edge=2]", "workflow/prep.solvate[edge=2]");

    [Fact]
    public void Names_ThatMeetAllTheSame_AreAFaultWithBothPlaces()
    {
        var faults = Assert.Throws<FaultException>(() => WorkflowTest.Of(steps =>
        {
            steps.Use("prep", new Box());
            steps.Step("prep.box").Tool("gmx").Run("gmx").Output("box.gro");
        }).Run()).Faults;
        var fault = Assert.Single(faults);
        Assert.Equal("SMS1001", fault.Code);
        Assert.Contains("two steps are called 'workflow/prep.box'", fault.What, StringComparison.Ordinal);
        Assert.Contains("CompositionTests.cs", $"{fault.What} {fault.Where}", StringComparison.Ordinal);
        Assert.Contains("Tools.cs", $"{fault.What} {fault.Where}", StringComparison.Ordinal);
    }

    [Fact]
    public void Names_OfOneRecipeUsedTwiceWithoutAName_AreAFault() => Assert.All(
        Assert.Throws<FaultException>(() => WorkflowTest.Of(steps =>
        {
            steps.Use(new Box());
            steps.Use(new Box { Edge = 3 });
        }).Run()).Faults,
        fault => Assert.Equal("SMS1001", fault.Code));

    [Fact]
    public void Recipe_ThatThrows_IsToldOnceWithAllOtherFaults()
    {
        Artifact? made = null;
        var faults = Assert.Throws<FaultException>(() => WorkflowTest.Of(
            ("first", steps => made = steps.Use("prep", new Throwing())),
            ("second", steps =>
            {
                steps.Fault("the temperatures are not in order", "sort them");
                steps.Step("read").Input("in", made!);
            }),
            ("third", steps =>
            {
                steps.Use("big", new Box { Edge = -1 });
                steps.Use("compare", new Compare(made!));
            })).Run()).Faults;
        Assert.Equal(["SMS1020", "SMS1023", "SMS1025"], faults.Select(fault => fault.Code).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.Equal(FaultKind.Definition, fault.Kind));
        Assert.Contains("recipe 'Throwing' (ScaleMs.Testing.Tests 0.1.0), used as 'prep' in task 'first',", faults.Single(fault => fault.Code == "SMS1023").What, StringComparison.Ordinal);
    }

    [Fact]
    public void RecipeInARecipe_ThatThrows_IsTheOneThatIsNamed()
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => WorkflowTest.Of(steps => steps.Use("outer", new Around())).Run()).Faults);
        Assert.Contains("recipe 'Throwing'", fault.What, StringComparison.Ordinal);
        Assert.Contains("CompositionTests.cs", fault.Where.UsedAt, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_OfAWorkflowThatAScriptAddsTwice_AreRefusedWithTheirPackage()
    {
        var context = new SimulatedCakeContext([], new SimulatedHost().Disk);
        var engine = new ScaleMsEngine(context.Data, new NullLog());
        context.AddWorkflow<PairContext>(engine.RegisterTask);
        var exception = Assert.Throws<CakeException>(() => context.AddWorkflow<PairContext>(engine.RegisterTask));
        Assert.Matches(@"^Task '\w+' of 'ScaleMs\.Testing\.Tests\.\w+' \(ScaleMs\.Testing\.Tests 0\.1\.0\) cannot be added: ", exception.Message);
    }

    private sealed class Throwing : Recipe<Artifact>
    {
        public override Artifact Define(StepBuilder steps) => throw new NotSupportedException("no water model of that name");
    }

    private sealed class Around : Recipe<Artifact>
    {
        public override Artifact Define(StepBuilder steps) => steps.Use("inner", new Throwing());
    }
}
