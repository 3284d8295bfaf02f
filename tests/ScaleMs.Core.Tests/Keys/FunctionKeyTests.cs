using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Keys;

public sealed class FunctionKeyTests
{
    private static readonly ClosedAction Sample = SampleAction.OfFunction;

    [Fact]
    public void Key_SignatureChanges_Differs() => Differs(call => call with { Signature = call.Signature + "x" }, "function");

    [Fact]
    public void Key_CodeChanges_Differs() => Differs(call => call with { CodeDigest = "c0df" }, "code");

    [Fact]
    public void Key_CalleeCodeChanges_Differs() =>
        Differs(call => call with { Code = call.Code.WithFirst(pair => SampleAction.Pair(pair.Key, "12")) }, "code/Simulate.Tables.Merge");

    [Fact]
    public void Key_CalleeAdded_Differs() =>
        Differs(call => call with { Code = [.. call.Code, SampleAction.Pair("Simulate.Units.Parse", "33")] }, "code/Simulate.Units.Parse");

    [Fact]
    public void Key_ArgumentValueChanges_Differs() =>
        Differs(call => call with { Arguments = call.Arguments.WithFirst(pair => SampleAction.Pair(pair.Key, "5")) }, "argument/columns");

    [Fact]
    public void Key_ArgumentNameChanges_Differs() =>
        KeyAssert.Differs(
            Sample,
            Sample.WithFunction(call => call with { Arguments = call.Arguments.WithFirst(pair => SampleAction.Pair("rows", pair.Value)) }));

    [Fact]
    public void Key_CalleeBecomesArgument_Differs() => KeyAssert.Differs(
        Sample.WithFunction(call => call with { Code = [SampleAction.Pair("a", "1")], Arguments = [] }),
        Sample.WithFunction(call => call with { Code = [], Arguments = [SampleAction.Pair("a", "1")] }));

    [Fact]
    public void Key_NameForPeopleChanges_Stays() => KeyAssert.Stays(Sample, Sample.WithFunction(call => call with { Name = "Merge" }));

    [Theory]
    [InlineData(CallPlace.Host)]
    [InlineData(CallPlace.PersistentWorker)]
    public void Key_CalledInAnotherProcess_Stays(CallPlace place) => KeyAssert.Stays(Sample, Sample.WithFunction(call => call with { Place = place }));

    [Fact]
    public void Key_AssembliesBuiltAnewWithTheSameCode_Stays() =>
        KeyAssert.Stays(Sample, Sample.WithFunction(call => call with { Builds = [SampleAction.Pair("Simulate", "0f8f")] }));

    private static void Differs(Func<Operation.Function, Operation.Function> edit, string component) =>
        KeyAssert.Differs(Sample, Sample.WithFunction(edit), component);
}
