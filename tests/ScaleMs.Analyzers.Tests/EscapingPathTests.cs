using ScaleMs.Core.Model;

namespace ScaleMs.Analyzers.Tests;

public sealed class EscapingPathTests
{
    [Theory]
    [InlineData("""steps.Step("a").Output("../o");""", "SMS5003 \"../o\"")]
    [InlineData("""steps.Step("a").Output("o", publish: "/tmp/o");""", "SMS5003 \"/tmp/o\"")]
    [InlineData("""steps.Step("a").Output("o", publish: $"/{context.Names[0]}");""", "SMS5003 $\"/{context.Names[0]}\"")]
    [InlineData("""steps.Step("a").Output("o", publish: $"r/../{context.Names[0]}");""", "SMS5003 $\"r/../{context.Names[0]}\"")]
    [InlineData("""steps.Step("a").OutputTree("~/o");""", "SMS5003 \"~/o\"")]
    [InlineData("""steps.Step("a").Input(@"in\x", context.Source("x"));""", "SMS5003 @\"in\\x\"")]
    [InlineData("""steps.Step("a").Checkpoint("a", "./b");""", "SMS5003 \"./b\"")]
    [InlineData("""steps.Step("a").Call(Write, OutputFile.Named("o", publish: "C:/o"));""", "SMS5003 \"C:/o\"")]
    [InlineData("""steps.Step("a").Call(Number).Publish("");""", "SMS5003 \"\"")]
    [InlineData("""steps.Step("a").Tool("cat").Run("cat").OutputTo("a//b");""", "SMS5003 \"a//b\"")]
    [InlineData("""steps.Step("a").Output("o").ChangeOutput("o", publish: "../o");""", "SMS5003 \"../o\"")]
    public void Path_ThatLeavesItsDirectory_IsTold(string body, string expected) => Assert.Equal([expected], Study.FindingsIn(body, Members));

    [Theory]
    [InlineData("""steps.Step("a").Output("o", publish: "results/..o/o..x");""")]
    [InlineData("""steps.Step("a").Output("o", publish: $"{context.Names[0]}/../x");""")]
    [InlineData("""steps.Step("a").Output($"results/{context.Names[0]}.txt");""")]
    [InlineData("""steps.Step("a").Output($"r/.{context.Names[0]}");""")]
    [InlineData("""steps.Step("a").Tool("cat").Run("cat", "../x", "/dev/null").Output("o");""")]
    [InlineData("""steps.Step("a").Input("in", new SourceFile("/data/x")).Output("o");""")]
    public void Path_ThatStaysOrIsNone_IsLeft(string body) => Assert.Empty(Study.FindingsIn(body, Members));

    /// <summary>The definition and the compiler judge a path alike, with the same words.</summary>
    [Theory]
    [InlineData("a")]
    [InlineData("a/b.c")]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("~")]
    [InlineData("c:")]
    [InlineData("http://x")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/.")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/...")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a😀b")]
    [InlineData("a\ud83db")]
    [InlineData("a\ude00")]
    [InlineData("../a/./b")]
    public void Path_OfAnyForm_IsJudgedAsInARun(string text)
    {
        var isPath = ArtifactPath.TryParse(text, out _, out var problem);
        Assert.Equal(isPath ? null : problem, PathText.ProblemOf(text));
    }

    private const string Members = """
        private static int Number() => 1;
        private static void Write(OutputFile file) { }
        """;
}
