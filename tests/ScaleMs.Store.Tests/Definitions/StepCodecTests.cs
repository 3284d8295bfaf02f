using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>A declaration that is read back is as good as the one that was written.</summary>
public sealed class StepCodecTests
{
    private static readonly Operation Function = new Operation.Function("Merge", "Merge()", "c0de", [], []);

    public static TheoryData<string> Properties => [.. Parts.Stored(typeof(StepInstance)).Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Properties))]
    public void Property_WrittenAndRead_IsAsItWas(string name)
    {
        var property = typeof(StepInstance).GetProperty(name)!;
        foreach (var step in SampleSteps.All)
        {
            Assert.Equal(Parts.Describe(property.GetValue(step)), Parts.Describe(property.GetValue(Kept.Step(step))));
        }
    }

    [Fact]
    public void Steps_InOneFile_AreReadOneAfterAnother()
    {
        var source = new BinarySource(Kept.Bytes([.. SampleSteps.All, .. SampleSteps.All]));
        Assert.All((StepInstance[])[.. SampleSteps.All, .. SampleSteps.All], step => Assert.Equal(Parts.Describe(step), Parts.Describe(StepCodec.Read(source))));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Number());
    }

    /// <summary>What the descriptions of two steps compare is all of them: otherwise the tests above say nothing.</summary>
    [Fact]
    public void Description_OfStepsThatDifferInOneProperty_Differs()
    {
        var descriptions = SampleSteps.All.Select(Parts.Describe).ToList();
        Assert.Equal(descriptions.Distinct(StringComparer.Ordinal), descriptions);
        Assert.NotEqual(Parts.Describe(FilePattern.All), Parts.Describe(((Output[])[.. SampleSteps.Full.Outputs]).Single(output => output.Path.Value == "pictures").Files));
    }

    [Fact]
    public void Read_PartsThatAllShare_AreThoseVeryObjects()
    {
        var step = Kept.Step(SampleSteps.Plain with
        {
            Inputs = [new Input(SampleSteps.Path("in"), new InputSource.SourceFile("in"), ContentIdentity.Bytes), new Input(SampleSteps.Path("text"), new InputSource.SourceFile("text"), ContentIdentity.Text)],
            Outputs = [new Output(SampleSteps.Path("out"), OutputIdentity.Bytes), new Output(SampleSteps.Path("tree"), OutputIdentity.Listing) { Files = FilePattern.All }],
        });
        Assert.Same(RetryRules.Default, step.Retries);
        Assert.Same(SuccessRule.Default, step.Success);
        Assert.Same(Resources.Default, step.Resources);
        Assert.Same(ContentIdentity.Bytes, step.Inputs[0].Identity);
        Assert.Same(ContentIdentity.Text, step.Inputs[1].Identity);
        Assert.Same(OutputIdentity.Bytes, step.Outputs[0].Identity);
        Assert.Same(OutputIdentity.Listing, step.Outputs[1].Identity);
        Assert.Same(FilePattern.All, step.Outputs[1].Files);
    }

    [Fact]
    public void Key_OfStepReadBack_IsThatOfTheOneWritten()
    {
        foreach (var step in SampleSteps.All)
        {
            var (key, components) = KeyEncoder.Encode(Closed(step));
            var (keptKey, keptComponents) = KeyEncoder.Encode(Closed(Kept.Step(step)));
            Assert.Equal(key, keptKey);
            Assert.Equal(components, keptComponents);
        }
    }

    [Fact]
    public void OutputsOnly_OfAnyStep_AreItsNameItsPlaceAndItsOutputs()
    {
        foreach (var step in SampleSteps.All)
        {
            var expected = new StepInstance { Id = step.Id, DeclaredAt = step.DeclaredAt, Outputs = step.Outputs, Operation = new Operation.Commands([]) };
            Assert.Equal(Parts.Describe(expected), Parts.Describe(Kept.OutputsOnly(step)));
            Assert.Equal(Parts.Describe(expected), Parts.Describe(Kept.OutputsOnly(step with { Operation = Function, Progress = static () => null! })));
        }
    }

    [Fact]
    public void CanKeep_StepOfCommands_Yes() => Assert.All(SampleSteps.All, step => Assert.True(StepCodec.CanKeep(step) && StepCodec.CanKeepOutputs(step)));

    [Fact]
    public void CanKeep_StepWithCode_OnlyItsOutputs()
    {
        foreach (var step in (StepInstance[])[SampleSteps.Full with { Operation = Function }, SampleSteps.Full with { Progress = static () => null! }])
        {
            Assert.False(StepCodec.CanKeep(step));
            Assert.True(StepCodec.CanKeepOutputs(step));
            Assert.Throws<InvalidOperationException>(() => Kept.Bytes(step));
        }
    }

    [Fact]
    public void CanKeep_IdentityOfTheAuthor_No()
    {
        var own = new LineIdentity("bytes", 1, line => line);
        var input = SampleSteps.Full with { Inputs = [new Input(SampleSteps.Path("in"), new InputSource.SourceFile("in"), own)] };
        var template = SampleSteps.Full with { Templates = [new Template(SampleSteps.Path("in"), new InputSource.SourceFile("in"), [], own)] };
        var output = SampleSteps.Full with { Outputs = [new Output(SampleSteps.Path("out"), new OutputIdentity.Canonical(own))] };
        Assert.All((StepInstance[])[input, template, output], step => Assert.False(StepCodec.CanKeep(step)));
        Assert.All((StepInstance[])[input, template], step => Assert.True(StepCodec.CanKeepOutputs(step)));
        Assert.False(StepCodec.CanKeepOutputs(output));
        Assert.All((StepInstance[])[input, template, output], step => Assert.Throws<InvalidOperationException>(() => Kept.Bytes(step)));
    }

    private static ClosedAction Closed(StepInstance step) => new(
        step,
        [.. step.Inputs.Select(input => new InputIdentity(Digest.OfText(input.Name.Value), input.Identity.Name, input.Identity.Version))],
        [.. step.Templates.Select(template => new RenderedTemplate(template.Source.Path))],
        [.. step.Tools.Select(tool => new ToolFingerprint([KeyValuePair.Create("version", tool.Name)]))],
        [.. step.SiteFacts.Select(fact => fact.ToString())]);
}
