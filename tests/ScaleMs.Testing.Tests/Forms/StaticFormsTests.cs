using ScaleMs.Core.Faults;
using Xunit;

namespace ScaleMs.Testing.Tests.Forms;

/// <summary>Forms whose members are known while the workflow is defined.</summary>
public sealed class StaticFormsTests
{
    private static readonly string[] Few = ["300", "310"];

    [Fact]
    public void Zip_OfEqualLists_MakesOneMemberForEachPair()
    {
        WorkflowTest.Of(steps => steps.Zip("system", new[] { "water", "ice" }, new[] { 1, 2 }, name => name, (member, name, size) => Work(member, name, $"{size}")))
            .Run().Executed("workflow/work[system=water]", "workflow/work[system=ice]");
        WorkflowTest.Of(steps => steps.Zip("n", new[] { 1, 2 }, Few, new[] { "x", "y" }, number => number, (member, number, t, x) => Work(member, $"{number}", t, x)))
            .Run().Executed("workflow/work[n=1]", "workflow/work[n=2]");
    }

    [Theory]
    [InlineData(1, 2, "1, 2, 2")]
    [InlineData(2, 3, "2, 3, 2")]
    [InlineData(2, 0, "2, 0, 2")]
    public void Zip_OfListsOfDifferentLengths_IsAFault(int first, int second, string told)
    {
        var test = WorkflowTest.Of(steps => steps.Zip("n", Numbers(first), Numbers(second), Few, number => number, (member, a, b, c) => Work(member, $"{a}{b}{c}")));
        var fault = Assert.Single(Assert.Throws<FaultException>(() => test.Run()).Faults);
        Assert.Equal("SMS1035", fault.Code);
        Assert.Contains($"'n' have different lengths: {told}", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Cross_OfTwoAxes_MakesAllPairs() => Matrix().Run().Executed(
        "workflow/work[T=300,replica=1]", "workflow/work[T=300,replica=2]", "workflow/work[T=310,replica=1]", "workflow/work[T=310,replica=2]");

    [Fact]
    public void Cross_WithIncludeAndExclude_AddsAndLeavesOut() => Matrix([("320", 9), ("300", 2), ("310", 1)], (t, replica) => t == "310" || replica == 2).Run().Executed(
        "workflow/work[T=300,replica=1]", "workflow/work[T=300,replica=2]", "workflow/work[T=310,replica=1]", "workflow/work[T=320,replica=9]");

    [Fact]
    public void Cross_OfThreeAxes_MakesAllTriples() => WorkflowTest.Of(steps => steps.Cross(
            new Axis<string>("T", Few), new Axis<int>("p", Numbers(1)), new Axis<bool>("wet", [true, false], wet => wet ? "yes" : "no"),
            (member, t, p, wet) => Work(member, t, $"{p}{wet}"), exclude: (t, _, wet) => t == "310" && !wet))
        .Run().Executed("workflow/work[T=300,p=1,wet=yes]", "workflow/work[T=300,p=1,wet=no]", "workflow/work[T=310,p=1,wet=yes]");

    [Fact]
    public void Cross_InsideAMember_CarriesItsName() => WorkflowTest.Of(steps => steps.ForEach("box", Numbers(1), box => box, (outer, _) =>
            outer.Cross(new Axis<string>("T", Few), new Axis<int>("r", Numbers(1)), (member, t, r) => Work(member, t, $"{r}"))))
        .Run().Executed("workflow/work[box=1,T=300,r=1]", "workflow/work[box=1,T=310,r=1]");

    [Fact]
    public void Cross_GrownByOneItem_RunsOnlyItsMembers()
    {
        List<string> temperatures = ["300"];
        var test = WorkflowTest.Of(steps => steps.Cross(new Axis<string>("T", temperatures), new Axis<int>("r", Numbers(2)), (member, t, r) => Work(member, t, $"{r}")));
        test.Run();
        temperatures.Insert(0, "290");
        test.Run().Executed("workflow/work[T=290,r=1]", "workflow/work[T=290,r=2]");
    }

    [Fact]
    public void Reduce_ByGroups_MakesEachGroupAgainForItsOwnMembersOnly()
    {
        var test = WorkflowTest.Of(steps =>
        {
            var runs = steps.Cross(new Axis<string>("T", Few), new Axis<int>("replica", Numbers(2)), (member, t, replica) => Work(member, t, $"{replica}")
                .Input("in", new SourceFile($"in/{t}-{replica}.txt")));
            steps.Reduce("T", runs, run => run.First, (group, _, members) => group.Step("mean").Inputs(number => $"{number}.txt", members.Files("out")).Tool("mean").Run("mean").Output("mean"));
        }).Holds("in/300-1.txt", "1").Holds("in/300-2.txt", "2").Holds("in/310-1.txt", "3").Holds("in/310-2.txt", "4");
        Assert.Equal(6, test.Run().ExecutedSteps.Count);
        test.Holds("in/310-1.txt", "9").Run().Executed("workflow/work[T=310,replica=1]", "workflow/mean[T=310]");
    }

    [Fact]
    public void Segments_CountRaised_RunsOnlyTheNewPiecesAndWhatJoinsThem()
    {
        var count = 2;
        var test = WorkflowTest.Of(steps =>
        {
            var pieces = steps.Segments<Step?>("segment", count, null, (member, last) =>
            {
                var piece = Work(member, "mdrun");
                return last is null ? piece : piece.Input("state.cpt", last.File("out"));
            });
            steps.Step("join").Inputs(number => $"part{number:0000}.xtc", pieces.Select(piece => piece.Handles!.File("out"))).Tool("trjcat").Run("trjcat").Output("whole.xtc");
        });
        test.Run().Executed("workflow/work[segment=1]", "workflow/work[segment=2]", "workflow/join");
        count = 4;
        test.Run().Executed("workflow/work[segment=3]", "workflow/work[segment=4]", "workflow/join");
        count = 3;
        test.Run().Executed("workflow/join");
    }

    private static WorkflowTest Matrix(IEnumerable<(string T, int Replica)>? include = null, Func<string, int, bool>? exclude = null) => WorkflowTest.Of(steps =>
        steps.Cross(new Axis<string>("T", Few), new Axis<int>("replica", Numbers(2)), (member, t, replica) => Work(member, t, $"{replica}"), include, exclude));

    private static Step Work(StepBuilder steps, params string[] arguments) => steps.Step("work").Tool("work").Run("work", arguments).Output("out");

    private static int[] Numbers(int count) => [.. Enumerable.Range(1, count)];
}
