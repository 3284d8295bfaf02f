using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class FaultPrinterTests
{
    private static readonly FaultException TwoFaults = new([
        new Fault("SMS1005", FaultKind.Definition, "step 'a' needs 'x.gro' of step 'b', which declares no such output", new SourceLocation("W.cs", 42), "use 'y.gro'"),
        new Fault("SMS2001", FaultKind.Usage, "there is no target 'simulat'", default, "use 'simulate'"),
    ]);

    [Fact]
    public void Faults_Plain_AreAllPrinted() => Snapshot.Match(Printed(hasColour: false));

    [Fact]
    public void Faults_Colour_HeadlinesAreRed() => Snapshot.Match(Printed(hasColour: true));

    [Fact]
    public void Faults_ManyOfOnePlace_FirstTenAreToldAndTheOthersCounted()
    {
        var place = new SourceLocation("W.cs", 42);
        var faults = Enumerable.Range(0, 1000).Select(i => new Fault("SMS1013", FaultKind.Definition, $"a file of yours stands at 'out/{i}'", place, "move it away"));
        var printed = Printed(hasColour: false, new FaultException([.. faults, TwoFaults.Faults[1]]));

        Assert.Contains("'out/9'", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("'out/10'", printed, StringComparison.Ordinal);
        Assert.Contains("and 990 more SMS1013 of the same place", printed, StringComparison.Ordinal);
        Assert.Contains("there is no target 'simulat'", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Faults_ManyWhoseAdviceNamesTheirMember_AreToldAsOfOnePlace()
    {
        var faults = Enumerable.Range(0, 100_000).Select(i => new Fault("SMS1005", FaultKind.Definition, $"step 't/a[n={i}]' needs 'x{i}.gro', which nobody makes", new SourceLocation("W.cs", 42), $"use 'y{i}.gro'"));
        var printed = Printed(hasColour: false, new FaultException([.. faults]));
        Assert.Equal(31, printed.Count(letter => letter == '\n'));
        Assert.Contains("and 99990 more SMS1005 of the same place", printed, StringComparison.Ordinal);
    }

    private static string Printed(bool hasColour, FaultException? faults = null)
    {
        using var output = new StringWriter();
        new FaultPrinter(output, hasColour).Print(faults ?? TwoFaults);
        return output.ToString();
    }
}
