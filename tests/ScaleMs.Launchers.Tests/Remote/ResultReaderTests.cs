using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using Xunit;

namespace ScaleMs.Launchers.Tests.Remote;

/// <summary>What a node, or whoever took its place, may write.</summary>
public sealed class ResultReaderTests
{
    private const string Good =
        """{"version":1,"end":"Exited","exitCode":0,"commandIndex":0,"wallSeconds":1.5,"cpuSeconds":0.25,"peakMemoryBytes":7,"lasting":false,"cause":"","host":"n1","message":"","key":"k","logBytes":3,"outputs":[OUTPUTS]}""";

    private const string File = """{"kind":"file","path":"PATH","bytes":3,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}""";

    [Fact]
    public void Result_IsWhole_IsRead()
    {
        var result = AttemptResult.Read(With("a.txt"), out var problem);
        Assert.True(result is not null, problem);
        Assert.Equal((LaunchEnd.Exited, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.25), 7L, "n1", "a.txt"), (result.End, result.Wall, result.Cpu, result.PeakMemoryBytes, result.Host, result.Outputs[0].Path.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":1,\"version\":1}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]")]
    public void Text_IsNoResult_SaysSo(string text)
    {
        Assert.Null(AttemptResult.Read(text, out var problem));
        Assert.StartsWith("is no result: ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "has version 2; this program reads 1")]
    [InlineData("\"Exited\"", "\"Done\"", "has the unknown end 'Done'")]
    [InlineData("\"Exited\"", "\"0\"", "has the unknown end '0'")]
    [InlineData("\"exitCode\":0", "\"exitCode\":-1", "has -1 as 'exitCode'")]
    [InlineData("\"exitCode\":0", "\"exitCode\":256", "has 256 as 'exitCode'")]
    [InlineData("\"exitCode\":0", "\"exitCode\":1e99", "is no result: ")]
    [InlineData("\"wallSeconds\":1.5", "\"wallSeconds\":-1", "has -1 as 'wallSeconds'")]
    [InlineData("\"wallSeconds\":1.5", "\"wallSeconds\":1e300", "has 1E+300 as 'wallSeconds'")]
    [InlineData("\"host\":\"n1\"", "\"host\":null", "has no text as 'host'")]
    [InlineData("\"host\":\"n1\"", "\"hostHex\":\"6\"", "is no result: ")]
    [InlineData("\"key\":\"k\",", "", "is no result: ")]
    [InlineData("\"lasting\":false", "\"lasting\":\"yes\"", "is no result: ")]
    [InlineData("[OUTPUTS]", "{}", "is no result: ")]
    [InlineData("OUTPUTS", "7", "is no result: ")]
    public void Member_IsNotWhatItMustBe_IsRefused(string good, string bad, string problem)
    {
        Assert.Null(AttemptResult.Read(Good.Replace(good, bad, StringComparison.Ordinal).Replace("OUTPUTS", string.Empty, StringComparison.Ordinal), out var found));
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x", "leaves its directory")]
    [InlineData("a/../../x", "leaves its directory")]
    [InlineData("/etc/passwd", "is absolute")]
    [InlineData("~/x", "is absolute")]
    [InlineData("", "is empty")]
    [InlineData("a//b", "has an empty or '.' segment")]
    [InlineData("a\\u0000b", "has a character that no system-independent path may have")]
    public void Path_LeavesTheDirectory_IsRefused(string path, string problem)
    {
        Assert.Null(AttemptResult.Read(With(path), out var found));
        Assert.EndsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_ComesTwice_IsRefused()
    {
        Assert.Null(AttemptResult.Read(With("a", "a"), out var problem));
        Assert.Equal("tells of 'a' twice", problem);
    }

    [Fact]
    public void Digest_IsNone_IsRefused()
    {
        Assert.Null(AttemptResult.Read(With("a").Replace("ba7816bf", "short", StringComparison.Ordinal), out var problem));
        Assert.Contains("is not a digest", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_IsEndless_IsRefused()
    {
        Assert.Null(AttemptResult.Read(Good.Replace("\"n1\"", $"\"{new string('x', 70_000)}\"", StringComparison.Ordinal).Replace("OUTPUTS", string.Empty, StringComparison.Ordinal), out var problem));
        Assert.Equal("has a text of 70000 characters as 'host'", problem);
    }

    [Theory]
    [InlineData("tree", "tells of 'tree', which was not ordered")]
    [InlineData("tree/a", null)]
    [InlineData("file", null)]
    [InlineData("file/a", "tells of 'file/a', which was not ordered")]
    [InlineData("treex", "tells of 'treex', which was not ordered")]
    public void Output_WasNotOrdered_IsNotBelieved(string path, string? problem)
    {
        var result = AttemptResult.Read(With(path))!;
        Assert.Equal(problem, result.ProblemFor(Request("k")));
    }

    [Fact]
    public void Key_IsAnothers_IsNotBelieved() => Assert.Equal("tells of another action", AttemptResult.Read(With("file"))!.ProblemFor(Request("other")));

    private static LaunchRequest Request(string key) => new()
    {
        Step = new StepId("task", "step"),
        Directory = "/w/files",
        Key = key,
        Commands = [],
        Environment = new Dictionary<string, string>(),
        LogFile = "/w/log",
        Outputs = [new LaunchOutput(ArtifactPath.Parse("tree"), IsTree: true), new LaunchOutput(ArtifactPath.Parse("file"))],
    };

    private static string With(params string[] paths) =>
        Good.Replace("OUTPUTS", string.Join(',', paths.Select(path => File.Replace("PATH", path, StringComparison.Ordinal))), StringComparison.Ordinal);
}
