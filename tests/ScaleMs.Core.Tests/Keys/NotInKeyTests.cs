using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>What must not enter the key: labels, places, and how the work is carried out.</summary>
public sealed class NotInKeyTests
{
    private static readonly ClosedAction Sample = SampleAction.OfCommands;

    [Fact]
    public void Key_TaskRenamed_Stays() => Stays(step => step with { Id = step.Id with { Task = "produce" } });

    [Fact]
    public void Key_StepRenamed_Stays() => Stays(step => step with { Id = step.Id with { Step = "run" } });

    [Fact]
    public void Key_MemberRenamed_Stays() => Stays(step => step with { Id = step.Id with { Member = "replica=4" } });

    [Fact]
    public void Key_PublishedElsewhere_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithOutput(output => output with { PublishTo = SampleAction.Path("results/run.gro") }));

    [Fact]
    public void Key_BytesKeptForAnotherTime_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithOutput(output => output with { Keep = Keep.Never }));

    [Fact]
    public void Key_BytesKeptElsewhere_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithOutput(output => output with { Store = StoreAs.InPlace }));

    [Fact]
    public void Key_ResourcesChange_Stays()
    {
        var more = new Resources(8, 1L << 30, 1, TimeSpan.FromHours(1), new Dictionary<string, int> { ["licence"] = 1 });
        Stays(step => step with { Resources = more });
    }

    [Fact]
    public void Key_CheckpointChanges_Stays() => Stays(step => step with { Checkpoint = [SampleAction.Path("run.cpt")] });

    [Fact]
    public void Key_StateIsKept_Stays() => Stays(step => step with { KeepsState = true });

    [Fact]
    public void Key_TriedAgainInAnotherWay_Stays()
    {
        var rules = new RetryRules { Credits = 2, Delay = TimeSpan.Zero, LaterExits = [42], LaterTries = 1, LaterDelay = TimeSpan.Zero, Time = new Growth(2), Memory = new Growth(2) };
        Stays(step => step with { Retries = rules });
    }

    [Fact]
    public void Key_PassedEnvironmentChanges_Stays() => Stays(step => step with { PassedEnvironment = ["HOME", "CUDA_VISIBLE_DEVICES"] });

    [Fact]
    public void Key_DeclaredElsewhere_Stays() => Stays(step => step with { DeclaredAt = new SourceLocation("Workflow.cs", 42) });

    [Fact]
    public void Key_RecipeUsedElsewhere_Stays() => Stays(step => step with { DeclaredAt = step.DeclaredAt with { UsedAt = "Study.cs:42" } });

    [Fact]
    public void Key_RecipeUsedUnderAnotherName_Stays() => Stays(step => step with { Recipe = "prep" });

    [Fact]
    public void Key_MarkedStochastic_Stays() => Stays(step => step with { IsStochastic = true });

    [Fact]
    public void Key_ProgressIsRead_Stays() => Stays(step => step with { Progress = () => new Silent() });

    [Fact]
    public void Key_RunsElsewhere_Stays() => Stays(step => step with { Launcher = "cluster" });

    [Fact]
    public void Key_LogRecordsAreRead_Stays() => Stays(step => step with { LogFraming = LogFraming.Nul });

    [Fact]
    public void Key_TemplateSourceMoved_Stays()
    {
        var moved = new InputSource.SourceFile("/elsewhere/prod.mdp");
        KeyAssert.Stays(Sample, Sample.WithTemplate(template => template with { Source = moved }));
    }

    [Fact]
    public void Key_TemplateFieldsToldInAnotherWay_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithTemplate(template => template with { Form = ContentIdentity.Text }));

    [Fact]
    public void Key_InputSourceMoved_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithInput(input => input with { Source = new InputSource.SourceFile("/elsewhere/start.gro") }));

    [Fact]
    public void Key_InputComesFromStepWithSameContent_Stays()
    {
        var made = new InputSource.StepOutput(new StepId("npt", "npt"), SampleAction.Path("npt.gro"));
        KeyAssert.Stays(Sample, Sample.WithInput(input => input with { Source = made }));
    }

    /// <summary>How an input is compared counts by the identity that comes of it, which the closed action holds.</summary>
    [Fact]
    public void Key_InputComparedInAnotherWayWithSameIdentity_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithInput(input => input with { Identity = ContentIdentity.Text }));

    [Fact]
    public void Key_InputTakenAsBytesWithSameIdentity_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithInput(input => input with { AsBytes = true }));

    [Fact]
    public void Key_InputComparedByItsProducer_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithIdentity(identity => identity with { Compared = new ComparedOutput(Digest.OfText("a"), identity.Digest, "differs") }));

    private static void Stays(Func<StepInstance, StepInstance> edit) => KeyAssert.Stays(Sample, Sample.With(edit));

    private sealed class Silent : IProgressReader
    {
        public Progress? Read(string line, TimeSpan elapsed) => null;
    }
}
