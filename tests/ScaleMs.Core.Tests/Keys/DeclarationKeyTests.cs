using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

/// <summary>Templates, environment, parameters, inputs and outputs in the key.</summary>
public sealed class DeclarationKeyTests
{
    private static readonly ClosedAction Sample = SampleAction.OfCommands;

    [Fact]
    public void Key_TemplateTextChanges_Differs() =>
        Differs(Sample with { Templates = [new RenderedTemplate("nsteps = 500\nref_t = 301\n")] }, "template/run.mdp");

    [Fact]
    public void Key_TemplateValueChanges_Differs() => Differs(Sample.WithTemplateValue("501"), "template/run.mdp/Nsteps");

    [Fact]
    public void Key_TemplateNameChanges_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithTemplate(template => template with { Name = SampleAction.Path("other.mdp") }));

    [Fact]
    public void Key_EnvironmentValueChanges_Differs() =>
        Differs(Sample.WithEnvironment(("GMX_MAXBACKUP", "-1"), ("OMP_NUM_THREADS", "4")), "environment/OMP_NUM_THREADS");

    [Fact]
    public void Key_EnvironmentNameChanges_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithEnvironment(("GMX_MAXBACKUP", "-1"), ("OMP_THREAD_LIMIT", "2")));

    [Fact]
    public void Key_EnvironmentVariableSetToNothing_DiffersFromUnset() =>
        KeyAssert.Differs(Sample.WithEnvironment(), Sample.WithEnvironment(("GMX_MAXBACKUP", "")), "environment/GMX_MAXBACKUP");

    [Fact]
    public void Key_ParameterValueChanges_Differs() => Differs(Sample.WithParameter("forcefield", "charmm27"), "parameter/forcefield");

    [Fact]
    public void Key_ParameterNameChanges_Differs() => KeyAssert.Differs(Sample, Sample.WithParameter("ff", "amber99sb-ildn"));

    [Fact]
    public void Key_ParameterBecomesEnvironment_Differs() => KeyAssert.Differs(
        Sample.WithEnvironment().With(step => step with { Parameters = [SampleAction.Pair("a", "1")] }),
        Sample.WithEnvironment(("a", "1")).With(step => step with { Parameters = [] }));

    [Fact]
    public void Key_InputNameChanges_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithInput(input => input with { Name = SampleAction.Path("begin.gro") }));

    [Fact]
    public void Key_InputIdentityChanges_Differs() =>
        Differs(Sample.WithIdentity(identity => identity with { Digest = Digest.OfText("Start") }), "input/start.gro");

    [Fact]
    public void Key_InputIdentityRuleNameChanges_Differs() =>
        Differs(Sample.WithIdentity(identity => identity with { RuleName = "text" }), "input/start.gro/identity");

    [Fact]
    public void Key_InputIdentityRuleVersionChanges_Differs() =>
        Differs(Sample.WithIdentity(identity => identity with { RuleVersion = 2 }), "input/start.gro/identity");

    [Fact]
    public void Key_InputBecomesWritable_Differs() =>
        Differs(Sample.WithInput(input => input with { IsWritable = true }), "input/start.gro/writable");

    [Fact]
    public void Key_ContentsOfTwoInputsSwapped_Differs() =>
        KeyAssert.Differs(Sample, Sample with { Inputs = [.. Sample.Inputs.Reverse()] });

    [Fact]
    public void Key_OutputPathChanges_Differs() =>
        KeyAssert.Differs(Sample, Sample.WithOutput(output => output with { Path = SampleAction.Path("end.gro") }));

    [Fact]
    public void Key_OutputAdded_Differs()
    {
        var trajectory = new Output(SampleAction.Path("run.xtc"), OutputIdentity.Bytes);
        Differs(Sample.With(step => step with { Outputs = [.. step.Outputs, trajectory] }), "output/run.xtc");
    }

    [Fact]
    public void Key_OutputIdentityNameChanges_Differs() =>
        Differs(Sample.WithOutput(output => output with { Identity = new OutputIdentity.OfAction() }), "output/run.gro");

    [Fact]
    public void Key_ToleranceOfAnOutputChanges_Differs()
    {
        StepsWith(new ToleranceIdentity(0.1), new ToleranceIdentity(0.2));
        StepsWith(new ToleranceIdentity(0.1), new ToleranceIdentity(0.1, 0.1));
        StepsWith(new ToleranceIdentity(0.1), new ToleranceIdentity(0.1).Column("p", 1));
        StepsWith(new ToleranceIdentity(0.1).Column("p", 1), new ToleranceIdentity(0.1).Rows("p", 1));
        StepsWith(new ToleranceIdentity(0.1), new ToleranceIdentity(0.1).Through(new FilterCommand("cat")));

        static void StepsWith(ToleranceIdentity before, ToleranceIdentity now) => KeyAssert.Differs(Within(before), Within(now), "output/run.gro");
        static ClosedAction Within(ToleranceIdentity rule) => Sample.WithOutput(output => output with { Identity = new OutputIdentity.Tolerance(rule) });
    }

    [Fact]
    public void Key_FilterOfAnOutputChanges_Differs()
    {
        Filters(new FilterCommand("cat"), new FilterCommand("tac"));
        Filters(new FilterCommand("grep", "a b"), new FilterCommand("grep", "a", "b"));
        Filters(new FilterCommand("cat"), new FilterCommand("cat", FilterCommand.File));

        static void Filters(FilterCommand before, FilterCommand now) => KeyAssert.Differs(With(before), With(now), "output/run.gro");
        static ClosedAction With(FilterCommand filter) => Sample.WithOutput(output => output with { Identity = new OutputIdentity.Filtered(filter) });
    }

    [Fact]
    public void Key_OutputIdentityVersionChanges_Differs() => KeyAssert.Differs(
        Sample.WithOutput(output => output with { Identity = Lines(version: 1) }),
        Sample.WithOutput(output => output with { Identity = Lines(version: 2) }),
        "output/run.gro");

    [Fact]
    public void Key_OutputBecomesOptional_Differs() =>
        Differs(Sample.WithOutput(output => output with { IsOptional = true }), "output/run.gro/optional");

    [Theory]
    [InlineData("*.gro", "*.xtc")]
    [InlineData(null, "*.gro")]
    [InlineData(null, "**")]
    public void Key_FilesOfADirectoryChange_Differs(string? before, string after) =>
        KeyAssert.Differs(Sample.WithOutput(output => Tree(output, before)), Sample.WithOutput(output => Tree(output, after)), "output/run.gro/files");

    [Fact]
    public void Key_OutputBecomesADirectory_Differs() => Differs(Sample.WithOutput(output => Tree(output, null)), "output/run.gro");

    [Fact]
    public void Key_RunsAlways_Differs() => Differs(Sample with { Step = Sample.Step with { IsAlways = true } }, "always");

    /// <summary>What it makes does not follow from its key, so no other step's result may stand for it.</summary>
    [Fact]
    public void Key_StepThatRunsAlwaysRenamed_Differs() => KeyAssert.Differs(
        Sample with { Step = Sample.Step with { IsAlways = true } },
        Sample with { Step = Sample.Step with { IsAlways = true, Id = Sample.Step.Id with { Step = "run" } } },
        "always");

    private static Output Tree(Output output, string? pattern) => output with
    {
        Identity = OutputIdentity.Listing,
        Files = pattern is null ? FilePattern.All : FilePattern.TryParse(pattern, out var files, out _) ? files : null,
    };

    private static OutputIdentity.Canonical Lines(int version) => new(new LineIdentity("lines", version, line => line));

    private static void Differs(ClosedAction changed, string component) => KeyAssert.Differs(Sample, changed, component);
}
