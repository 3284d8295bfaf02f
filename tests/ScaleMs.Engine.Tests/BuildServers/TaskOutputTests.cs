using Xunit;

namespace ScaleMs.Engine.Tests.BuildServers;

public sealed class TaskOutputTests
{
    [Theory]
    [InlineData("half a line", null, "half a line\n")]
    [InlineData("line\n", null, "line\n")]
    [InlineData(null, "half an error", "half an error\n")]
    [InlineData("half a line", "error\n", "half a lineerror\n\n")]
    public void Output_WithoutALineFeedAtItsEnd_GetsOne(string? output, string? error, string expected)
    {
        var kept = new TaskOutput();
        kept.Write(isError: false, output);
        kept.Write(isError: true, error);
        using var both = new StringWriter();
        kept.Close(new TaskConsole(both, both, write => write()));
        Assert.Equal(expected, both.ToString());
    }
}
