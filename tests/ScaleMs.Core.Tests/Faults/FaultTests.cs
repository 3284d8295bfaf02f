using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Faults;

public sealed class FaultTests
{
    private static readonly Fault Sample = new(
        "SMS1004", FaultKind.Definition, "step 'npt' needs 'topology.tpr'", new SourceLocation("Workflow.cs", 42), "use 'topol.tpr'");

    [Fact]
    public void Fault_AsText_TellsWhatWhereAndWhatToDo() =>
        Assert.Equal("error SMS1004: step 'npt' needs 'topology.tpr'\n  at   Workflow.cs:42\n  try  use 'topol.tpr'", Sample.ToString());

    [Fact]
    public void Fault_WithoutPlace_LeavesItOut() =>
        Assert.Equal(
            "error SMS1004: step 'npt' needs 'topology.tpr'\n  try  use 'topol.tpr'", (Sample with { Where = default }).ToString());

    [Fact]
    public void FaultException_OfSeveral_CarriesAndTellsAll()
    {
        var exception = new FaultException([Sample, Sample with { Code = "SMS1005" }]);
        Assert.Equal(["SMS1004", "SMS1005"], exception.Faults.Select(fault => fault.Code));
        Assert.Equal(string.Join('\n', exception.Faults), exception.Message);
        Assert.Equal(Sample.ToString(), new FaultException(Sample).Message);
    }

    [Theory]
    [InlineData("simulat", "simulate")]
    [InlineData("SIMULATE", "simulate")]
    [InlineData("simualte", "simulate")]
    [InlineData("topology.tpr", "topol.tpr")]
    [InlineData("nstep", "nsteps")]
    [InlineData("temperature", null)]
    [InlineData("", null)]
    [InlineData("simulation-of-all", null)]
    public void Nearest_OfMisspeltName_IsTheOneMeantOrNone(string name, string? expected) =>
        Assert.Equal(expected, Nearest.To(name, ["prepare", "simulate", "topol.tpr", "nsteps", "analyse"]));

    [Fact]
    public void Nearest_OfTwoEquallyNear_IsTheFirstInOrdinalOrder() => Assert.Equal("run-a", Nearest.To("run-x", ["run-b", "run-a"]));

    [Fact]
    public void Nearest_AmongNone_IsNone() => Assert.Null(Nearest.To("x", []));
}
