using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Core.Tracing;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class TraceFileTests : IDisposable
{
    private static readonly TraceFinding[] Findings =
    [
        new(TraceKind.Read, "data/x.dat", ".Input(\"x.dat\", new SourceFile(\"data/x.dat\"))"),
        new(TraceKind.Execute, "~/bin/fit", ".Tool(\"fit\")"),
        new(TraceKind.Write, "/data/log", ".Output(\"log\")"),
        new(TraceKind.Absent, "~/.gmxrc", string.Empty),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("scalems-trace-").FullName;

    private string File => Path.Combine(_folder, "run", "trace.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Trace_OfARun_IsWrittenWhenItEnds()
    {
        Run(Findings, []);
        Snapshot.Match(System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Trace_OfARunThatTracedNothing_LeavesNoFile()
    {
        Run();
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Trace_InTheTerminal_IsToldAtTheEnd()
    {
        using var output = new StringWriter();
        using var reporter = new ConsoleReporter(output, new ConsoleOptions { Size = () => new TerminalSize(100, 30) }, new FakeTime(Script.Noon));
        Traced(new Script(reporter).Begin(1), Findings).End();
        Traced(new Script(reporter).Begin(1), [.. Enumerable.Range(0, 12).Select(i => Findings[3] with { Path = $"~/{i}" })]).End();
        Snapshot.Match(output.ToString());
    }

    private void Run(params TraceFinding[][] steps) => steps.Aggregate(new Script(new TraceFile(() => File)).Begin(1), Traced).End();

    private static Script Traced(Script script, TraceFinding[] findings) => script.Send(new RunEvent.Traced(Script.Noon, StepId.Parse("analyse/fit"), findings));
}
