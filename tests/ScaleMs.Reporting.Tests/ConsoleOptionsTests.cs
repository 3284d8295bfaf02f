using ScaleMs.Reporting.Terminal;
using Xunit;

namespace ScaleMs.Reporting.Tests;

public sealed class ConsoleOptionsTests
{
    [Theory]
    [InlineData(true, "xterm-256color", null, null, ProgressKind.Live, true)]
    [InlineData(true, "dumb", null, null, ProgressKind.Plain, false)]
    [InlineData(true, "xterm", "true", null, ProgressKind.Plain, true)]
    [InlineData(true, "xterm", "false", null, ProgressKind.Live, true)]
    [InlineData(true, "xterm", null, "1", ProgressKind.Live, false)]
    [InlineData(true, "xterm", null, "", ProgressKind.Live, true)]
    [InlineData(false, "xterm", null, null, ProgressKind.Plain, false)]
    public void Options_Environment_Decides(bool isTerminal, string term, string? ci, string? noColour, ProgressKind progress, bool hasColour)
    {
        var facts = TerminalFacts.Of(isTerminal, name => name switch { "TERM" => term, "CI" => ci, "NO_COLOR" => noColour, _ => null });
        var options = ConsoleOptions.For(facts);
        Assert.Equal((progress, hasColour), (options.Progress, options.HasColour));
    }

    [Fact]
    public void Options_CommandLine_WinsOverTheTerminal()
    {
        var options = ConsoleOptions.For(new TerminalFacts(true, false, false), ProgressKind.Plain, forbidsColour: true);
        Assert.Equal((ProgressKind.Plain, false), (options.Progress, options.HasColour));
    }
}
