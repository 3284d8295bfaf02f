using Cake.Core;
using ScaleMs.Core.Faults;
using ScaleMs.Scripting;
using Xunit;

namespace ScaleMs.Testing.Tests.Scripts;

/// <summary>What is said of a script that cannot be.</summary>
public sealed class ScriptMistakeTests
{
    [Fact]
    public void Step_UnderCakesOwnEngine_SaysWhatIsMissing()
    {
        var context = new SimulatedCakeContext([], new SimulatedHost().Disk);
        var message = Assert.Throws<CakeException>(() => context.Step("count")).Message;
        Assert.StartsWith("Task 'count' has steps, which need the ScaleMs engine, but Cake's own engine is running.", message, StringComparison.Ordinal);
        Assert.Contains("#module", message, StringComparison.Ordinal);
        Assert.Throws<CakeException>(() => context.Parameters());
    }

    [Theory]
    [InlineData("Count")]
    [InlineData("count")]
    public void Name_OfAnotherTask_IsToldWithThePlace(string other)
    {
        var message = Assert.Throws<CakeException>(() => Define((context, task) =>
        {
            task(other);
            context.Step("count");
        })).Message;
        Assert.Matches(@"ScriptMistakeTests\.cs:\d+: there are two tasks called 'count': give one another name\.$", message);
    }

    [Fact]
    public void Size_ThatIsNone_IsToldWithStepAndPlace()
    {
        var message = Assert.Throws<FormatException>(() => Define((context, _) => context.Step("count").Resources(memory: "much"))).Message;
        Assert.Matches(@"^'much' is not a size: .* \(step 'count', .*ScriptMistakeTests\.cs:\d+\)$", message);
    }

    [Fact]
    public void Dependency_OfAStepThatIsNoScripts_IsRefused()
    {
        var message = Assert.Throws<FaultException>(() => WorkflowTest.Of(steps => steps.Step("count").IsDependentOn("other")).Run()).Message;
        Assert.Contains("none that a script declares", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_AfterItsTaskWasDefined_ComesTooLate()
    {
        StepBuilder? kept = null;
        Define((context, _) => (kept = context.Steps("count")).Step("one").Command("true").Output("o"));
        Assert.Contains("comes too late", Assert.Throws<InvalidOperationException>(() => kept!.Step("two")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_OfAScript_AreSetAndCheckedLikeAnyOther()
    {
        long copies = 0;
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            copies = context.Parameters().Integer("copies", 2, 1, 10);
            context.Step("count").Command("seq", $"{copies}").Output("o");
        }

        Assert.Empty(Define(Script, "copies=3"));
        Assert.Equal(3, copies);
        Assert.Equal(["SMS2003", "SMS2004"], Define(Script, "copies=30", "copis=1").Select(fault => fault.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parameters_OfAScriptAndOfAWorkflow_AreKnownTogether()
    {
        void Script(ICakeContext context, Func<string, CakeTaskBuilder> task)
        {
            context.AddWorkflow<PairContext>(task);
            context.Parameters().Integer("copies", 2);
            context.Step("count").Command("seq", "1").Output("o").IsDependentOn("merge");
        }

        Assert.Empty(Define(Script, "copies=3", "members=4"));
        Assert.Equal("there is no parameter 'other' (from --set)", Assert.Single(Define(Script, "other=3").Select(fault => fault.What).Distinct()));
    }

    private static IReadOnlyList<Fault> Define(Action<ICakeContext, Func<string, CakeTaskBuilder>> script, params string[] parameters) =>
        Definitions.OfScript("count", parameters, new SimulatedHost().Disk, script).Faults;
}
