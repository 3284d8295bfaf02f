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
        KeyAssert.Differs(Sample, Sample with { Templates = [new RenderedTemplate("nsteps = 500\nref_t = 301\n")] }, "template/run.mdp");

    [Fact]
    public void Key_TemplateValueChanges_Differs() =>
        KeyAssert.Differs(
            Sample,
            WithTemplate(template => template with { Values = template.Values.WithFirst(pair => SampleAction.Pair(pair.Key, "501")) }),
            "template/run.mdp/Nsteps");

    [Fact]
    public void Key_TemplateNameChanges_Differs() =>
        KeyAssert.Differs(Sample, WithTemplate(template => template with { Name = ArtifactPath.Parse("other.mdp") }));

    [Fact]
    public void Key_EnvironmentValueChanges_Differs() =>
        KeyAssert.Differs(Sample, WithEnvironment(("GMX_MAXBACKUP", "-1"), ("OMP_NUM_THREADS", "4")), "environment/OMP_NUM_THREADS");

    [Fact]
    public void Key_EnvironmentNameChanges_Differs() =>
        KeyAssert.Differs(Sample, WithEnvironment(("GMX_MAXBACKUP", "-1"), ("OMP_THREAD_LIMIT", "2")));

    [Fact]
    public void Key_EnvironmentVariableSetToNothing_DiffersFromUnset() =>
        KeyAssert.Differs(WithEnvironment(), WithEnvironment(("GMX_MAXBACKUP", "")), "environment/GMX_MAXBACKUP");

    [Fact]
    public void Key_ParameterValueChanges_Differs() =>
        KeyAssert.Differs(
            Sample,
            Sample.With(step => step with { Parameters = step.Parameters.WithFirst(pair => SampleAction.Pair(pair.Key, "charmm27")) }),
            "parameter/forcefield");

    [Fact]
    public void Key_ParameterNameChanges_Differs() =>
        KeyAssert.Differs(
            Sample, Sample.With(step => step with { Parameters = step.Parameters.WithFirst(pair => SampleAction.Pair("ff", pair.Value)) }));

    [Fact]
    public void Key_ParameterBecomesEnvironment_Differs() => KeyAssert.Differs(
        Sample.With(step => step with { Parameters = [SampleAction.Pair("a", "1")], Environment = new Dictionary<string, string>() }),
        Sample.With(step => step with { Parameters = [], Environment = new Dictionary<string, string> { ["a"] = "1" } }));

    [Fact]
    public void Key_InputNameChanges_Differs() =>
        KeyAssert.Differs(Sample, WithInput(input => input with { Name = ArtifactPath.Parse("begin.gro") }));

    [Fact]
    public void Key_InputIdentityChanges_Differs() =>
        KeyAssert.Differs(Sample, WithIdentity(identity => identity with { Digest = Digest.OfText("Start") }), "input/start.gro");

    [Fact]
    public void Key_InputIdentityRuleNameChanges_Differs() =>
        KeyAssert.Differs(Sample, WithIdentity(identity => identity with { RuleName = "text" }), "input/start.gro/identity");

    [Fact]
    public void Key_InputIdentityRuleVersionChanges_Differs() =>
        KeyAssert.Differs(Sample, WithIdentity(identity => identity with { RuleVersion = 2 }), "input/start.gro/identity");

    [Fact]
    public void Key_InputBecomesWritable_Differs() =>
        KeyAssert.Differs(Sample, WithInput(input => input with { IsWritable = true }), "input/start.gro/writable");

    [Fact]
    public void Key_ContentsOfTwoInputsSwapped_Differs() =>
        KeyAssert.Differs(Sample, Sample with { Inputs = [.. Sample.Inputs.Reverse()] });

    [Fact]
    public void Key_OutputPathChanges_Differs() =>
        KeyAssert.Differs(Sample, WithOutput(output => output with { Path = ArtifactPath.Parse("end.gro") }));

    [Fact]
    public void Key_OutputAdded_Differs() =>
        KeyAssert.Differs(
            Sample,
            Sample.With(step => step with { Outputs = [.. step.Outputs, new Output(ArtifactPath.Parse("run.xtc"), OutputIdentity.Bytes)] }),
            "output/run.xtc");

    [Fact]
    public void Key_OutputIdentityNameChanges_Differs() =>
        KeyAssert.Differs(
            Sample, WithOutput(output => output with { Identity = new OutputIdentity.Canonical(ContentIdentity.Text) }), "output/run.gro");

    [Fact]
    public void Key_OutputIdentityVersionChanges_Differs() => KeyAssert.Differs(
        WithOutput(output => output with { Identity = Lines(version: 1) }),
        WithOutput(output => output with { Identity = Lines(version: 2) }),
        "output/run.gro");

    private static OutputIdentity.Canonical Lines(int version) => new(new LineIdentity("lines", version, line => line));

    private static ClosedAction WithTemplate(Func<Template, Template> edit) =>
        Sample.With(step => step with { Templates = step.Templates.WithFirst(edit) });

    private static ClosedAction WithInput(Func<Input, Input> edit) =>
        Sample.With(step => step with { Inputs = step.Inputs.WithFirst(edit) });

    private static ClosedAction WithIdentity(Func<InputIdentity, InputIdentity> edit) =>
        Sample with { Inputs = Sample.Inputs.WithFirst(edit) };

    private static ClosedAction WithOutput(Func<Output, Output> edit) =>
        Sample.With(step => step with { Outputs = step.Outputs.WithFirst(edit) });

    private static ClosedAction WithEnvironment(params (string Name, string Value)[] variables) =>
        Sample.With(step => step with { Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value) });
}
