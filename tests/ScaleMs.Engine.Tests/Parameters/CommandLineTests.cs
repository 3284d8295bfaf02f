using Xunit;

namespace ScaleMs.Engine.Tests.Parameters;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--verbosity=bogus")]
    [InlineData("--verbosity=diag")]
    [InlineData("--working=/no/such/place")]
    [InlineData("--target=")]
    [InlineData("--summary=")]
    [InlineData("--cache=")]
    [InlineData("--dryrun=foo")]
    [InlineData("--keep-going=no")]
    [InlineData("--plan=off")]
    [InlineData("--trace=hard")]
    public void Value_ThatCannotBe_IsAUsageFault(string argument)
    {
        var fault = Assert.Single(CommandLine.Check([argument]).Faults);
        Assert.Equal(("SMS2002", Core.Faults.FaultKind.Usage), (fault.Code, fault.Kind));
        Assert.Contains(argument[..argument.IndexOf('=', StringComparison.Ordinal)], fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--verbosity=Diagnostic")]
    [InlineData("--verbosity=q")]
    [InlineData("--working=/tmp")]
    [InlineData("--exclusive=true")]
    [InlineData("--no-report")]
    [InlineData("--keep-going=False")]
    [InlineData("--trace=strict")]
    [InlineData("--trace")]
    [InlineData("--set=name=")]
    public void Value_ThatCanBe_IsPassedOn(string argument)
    {
        var (passed, faults) = CommandLine.Check([argument]);
        Assert.Empty(faults);
        Assert.Equal([argument], passed);
    }

    [Fact]
    public void Faults_OfSeveralOptions_AreToldAtOnce() => Assert.Equal(3, CommandLine.Check(["--verbosity=x", "--nope", "-w", "/no/such/place"]).Faults.Count);
}
