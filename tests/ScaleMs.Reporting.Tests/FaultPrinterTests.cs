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

    private static string Printed(bool hasColour)
    {
        using var output = new StringWriter();
        new FaultPrinter(output, hasColour).Print(TwoFaults);
        return output.ToString();
    }
}
