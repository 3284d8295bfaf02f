using ScaleMs.Core.Events;
using ScaleMs.Engine.Executing;
using Xunit;

namespace ScaleMs.Engine.Tests.Contract;

public sealed class LogRecordReaderTests
{
    [Theory]
    [InlineData("plain", LogLevel.Info, "plain")]
    [InlineData("<1>fine", LogLevel.Debug, "fine")]
    [InlineData("<2>usual", LogLevel.Info, "usual")]
    [InlineData("<3> odd", LogLevel.Warning, "odd")]
    [InlineData("<4>wrong", LogLevel.Error, "wrong")]
    [InlineData("<5>over", LogLevel.Critical, "over")]
    [InlineData("<3>of\nseveral lines", LogLevel.Warning, "of\nseveral lines")]
    [InlineData("<0>none", LogLevel.Info, "<0>none")]
    [InlineData("<6>none", LogLevel.Info, "<6>none")]
    [InlineData("<33>none", LogLevel.Info, "<33>none")]
    [InlineData("{\"level\":3,\"message\":\"m\"}", LogLevel.Warning, "m")]
    [InlineData("{\"level\":40,\"msg\":\"m\"}", LogLevel.Error, "m")]
    [InlineData("{\"level\":\"Warning\",\"text\":\"m\"}", LogLevel.Warning, "m")]
    [InlineData("{\"level\":\"fatal\",\"text\":\"m\"}", LogLevel.Critical, "m")]
    [InlineData("<1>{\"level\":5,\"message\":\"the prefix wins\"}", LogLevel.Debug, "the prefix wins")]
    [InlineData("{\"level\":35,\"message\":\"unknown\"}", LogLevel.Info, "unknown")]
    [InlineData("{\"level\":2147483647,\"message\":\"large\"}", LogLevel.Info, "large")]
    [InlineData("{\"level\":-2147483648,\"message\":\"small\"}", LogLevel.Info, "small")]
    [InlineData("{\"level\":\"loud\",\"message\":\"unknown\"}", LogLevel.Info, "unknown")]
    [InlineData("{\"level\":[3],\"message\":\"odd type\"}", LogLevel.Info, "odd type")]
    [InlineData("{\"message\":7}", LogLevel.Info, "{\"message\":7}")]
    [InlineData("{\"message\":", LogLevel.Info, "{\"message\":")]
    [InlineData("{} and more", LogLevel.Info, "{} and more")]
    [InlineData("[3]", LogLevel.Info, "[3]")]
    [InlineData("{\"level\":3,\"message\":\"half \\ud83d\"}", LogLevel.Warning, "{\"level\":3,\"message\":\"half \\ud83d\"}")]
    [InlineData("{\"level\":\"\\udc00\",\"message\":\"m\"}", LogLevel.Info, "{\"level\":\"\\udc00\",\"message\":\"m\"}")]
    [InlineData("{\"\\ud800\":1,\"message\":\"m\"}", LogLevel.Info, "{\"\\ud800\":1,\"message\":\"m\"}")]
    public void Record_OfEachForm_HasItsLevelAndText(string record, LogLevel level, string text)
    {
        var read = LogRecordReader.Read(record)!;
        Assert.Equal((level, text), (read.Level, read.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<3>")]
    public void Record_WithNothingInIt_IsNone(string record) => Assert.Null(LogRecordReader.Read(record));

    [Fact]
    public void Record_ThatIsAnObject_IsKeptWhole() => Assert.Equal("{\"level\":3,\"n\":7}", LogRecordReader.Read("<2>{\"level\":3,\"n\":7}")!.Json);
}
