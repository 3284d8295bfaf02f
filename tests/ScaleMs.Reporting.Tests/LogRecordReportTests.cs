using System.Text;
using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Terminal;
using ScaleMs.Reporting.Tests.Support;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class LogRecordReportTests
{
    private static readonly LogRecord[] Records =
    [
        new(LogLevel.Debug, "a detail"), new(LogLevel.Info, "frame 7"), new(LogLevel.Warning, "two\nlines"),
        new(LogLevel.Error, "no space", "{\n \"level\": 4, \"message\": \"no space\", \"disk\": \"/scratch\" }"), new(LogLevel.Critical, "over"),
    ];

    [Theory]
    [InlineData(ReportVerbosity.Normal, "info      a: frame 7|warning   a: two lines|error     a: no space|critical  a: over")]
    [InlineData(ReportVerbosity.Verbose, "debug     a: a detail|info      a: frame 7|warning   a: two lines|error     a: no space|critical  a: over")]
    [InlineData(ReportVerbosity.Quiet, "")]
    public void Plain_Records_AreToldWithLevelAndStep(ReportVerbosity verbosity, string wanted)
    {
        using var output = new StringWriter();
        using var reporter = new ConsoleReporter(output, new ConsoleOptions { Progress = ProgressKind.Plain, HasColour = false, Verbosity = verbosity }, TimeProvider.System);
        var script = new Script(reporter).Begin(1);
        output.GetStringBuilder().Clear();
        Send(script);
        Assert.Equal(wanted, output.ToString().ReplaceLineEndings("|").TrimEnd('|').Replace('\u2424', ' '));
    }

    [Fact]
    public void EventLog_Records_AreALineEachWithTheirObject()
    {
        using var stream = new MemoryStream();
        using (var log = new EventLog(() => stream))
        {
            Send(new Script(log).Begin(1).Start("a"));
        }

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)[3..];
        Assert.Equal(5, lines.Length);
        Assert.Equal("""{"type":"stepLogged","at":"2026-03-14T12:00:00+00:00","id":"a","level":"warning","text":"two\nlines"}""", lines[2]);
        Assert.EndsWith(""""level":"error","text":"no space","record":{"level":4,"message":"no space","disk":"/scratch"}}"""", lines[3], StringComparison.Ordinal);
    }

    private static void Send(Script script) => Array.ForEach(Records, record => script.Send(new RunEvent.StepLogged(Script.Noon, StepId.Parse("a"), record)));
}
