namespace ScaleMs.Analyzers.Tests;

public sealed class MissingProducerTests
{
    [Theory]
    [InlineData("""var a = steps.Step("a").Output("a.txt"); steps.Step("b").Input("in", a.File("b.txt")).Output("o");""", "SMS5001 \"b.txt\"")]
    [InlineData("""steps.Step("b").Input("in", steps.Step("a").Output("a.txt").File("b.txt")).Output("o");""", "SMS5001 \"b.txt\"")]
    [InlineData("""var a = steps.Step("a"); a.Output("a.txt"); if (context.Names.Count > 1) { a.Output("c.txt"); } a.File("b.txt");""", "SMS5001 \"b.txt\"")]
    [InlineData("""var a = steps.Step("a").Output("a.txt"); var other = a; other.Output("b.txt"); a.File("c.txt");""", "SMS5001 \"c.txt\"")]
    [InlineData("""var a = steps.Step("a").OutputTree("frames"); a.Tree("frame");""", "SMS5001 \"frame\"")]
    [InlineData("""var all = steps.ForEach("n", context.Names, n => n, (m, n) => m.Step("a").Output("a.txt")); steps.Step("b").Inputs(i => $"{i}", all.Files("b.txt")).Output("o");""", "SMS5001 \"b.txt\"")]
    [InlineData("""var all = steps.ForEach("n", context.Names, n => n, (m, n) => m.Step("a").Output("a.txt")); foreach (var (n, a) in all) { a.File("b.txt"); }""", "SMS5001 \"b.txt\"")]
    [InlineData("""steps.Step("a").Tool("cat").Run("cat").InputFrom("in.txt").Output("o");""", "SMS5001 \"in.txt\"")]
    [InlineData("""steps.Step("a").Input("run.sh", context.Source("run.sh")).Run("./run").Output("o");""", "SMS5001 \"./run\"")]
    [InlineData("""steps.Step("a").Tool("cat").Run("tac").Run("tac").Output("o");""", "SMS5001 \"tac\"")]
    [InlineData("""var tool = ToolSpec.Binary("cat"); steps.Step("a").Tool(tool).Run("tac").Output("o");""", "SMS5001 \"tac\"")]
    [InlineData("""steps.Step("a").Tool("cat").Run("cat").RunInstead("tac").Output("o");""", "SMS5001 \"tac\"")]
    [InlineData("""steps.Step("a").Tool("cat").RunInstead("cat").Run("tac").Output("o");""", "SMS5001 \"tac\"")]
    [InlineData("""steps.Step("a").Tool("cat").RunInstead("cat").InputFrom("in.txt").Output("o");""", "SMS5001 \"in.txt\"")]
    [InlineData("""steps.Step("a").Output("a.txt").ChangeOutput("b.txt", publish: "r/b.txt");""", "SMS5001 \"b.txt\"")]
    public void File_ThatNothingDeclares_IsTold(string body, string expected) => Assert.Equal([expected], Study.FindingsIn(body));

    [Theory]
    // What is declared, in any order and on any branch.
    [InlineData("""var a = steps.Step("a").Output("a.txt"); steps.Step("b").Input("in", a.File("a.txt")).Output("o");""")]
    [InlineData("""var a = steps.Step("a"); a.File("a.txt"); if (context.Names.Count > 1) { a.Output("a.txt"); }""")]
    [InlineData("""var a = steps.Step("a").OutputTree("frames"); a.Tree("frames"); a.File("frames/a.gro");""")]
    [InlineData("""const string Name = "a.txt"; var a = steps.Step("a").Output(Name); a.File("a" + ".txt");""")]
    [InlineData("""var all = steps.ForEach("n", context.Names, n => n, (m, n) => m.Step("a").Output("a.txt")); foreach (var (n, a) in all) { a.Output("b.txt"); } all.Files("b.txt");""")]
    // What other code may declare.
    [InlineData("""var a = Add(steps.Step("a")); a.File("b.txt");""")]
    [InlineData("""var a = steps.Step("a"); Add(a); a.File("b.txt");""")]
    [InlineData("""var a = steps.Step("a").Output(context.Names[0]); a.File("b.txt");""")]
    [InlineData("""var a = steps.Step("a").Output("a.txt"); a = Add(a); a.File("b.txt");""")]
    [InlineData("""var all = steps.ForEach("n", context.Names, n => n, (m, n) => m.Step("a").Output("a.txt")); AddAll(all); all.Files("b.txt");""")]
    [InlineData("""var all = steps.ForEach("n", context.Names, n => n, (m, n) => Add(m.Step("a"))); all.Files("b.txt");""")]
    [InlineData("""var a = steps.Step("a").Call(Write, OutputFile.Named("b.txt")); a.File("b.txt");""")]
    [InlineData("""var a = steps.Step("a").Call(Number); a.Step.File("result.json");""")]
    // Files and programs that are there.
    [InlineData("""steps.Step("a").Run("awk", "1").Output("o", new ScaleMs.Core.Identity.FilterCommand("awk", "!/^;/"));""")]
    [InlineData("""steps.Step("a").Tool("cat").Input("in.txt", context.Source("in.txt")).Run("cat").InputFrom("in.txt").Output("o");""")]
    [InlineData("""steps.Step("a").Tool("cat").Run("cat").OutputTo("o").Run("cat").InputFrom("o").Output("o");""")]
    [InlineData("""steps.Step("a").Tool("cat").Inputs("in", context.Glob("in/*")).Run("cat").InputFrom("in/a.txt").Output("o");""")]
    [InlineData("""steps.Step("a").Edit("run.sh", steps.Step("b").Output("x").File("x")).Run("./run.sh").Output("o");""")]
    [InlineData("""steps.Step("a").Tool(Gmx).Run("gmx").Output("o");""")]
    [InlineData("""steps.Step("a").Tool(ToolSpec.Versioned("gmx", [], ["--version"], ["GROMACS"])).Run("gmx").Output("o");""")]
    // What runs no more.
    [InlineData("""steps.Step("a").Tool("cat").Run("tac").InputFrom("in.txt").RunInstead("cat").Output("o");""")]
    [InlineData("""var a = steps.Step("a").Tool("cat").Run("tac").Output("o"); if (context.Names.Count > 1) { a.RunInstead("cat"); }""")]
    [InlineData("""steps.Step("a").OutputTree("frames").ChangeOutput("frames", publish: "r/frames");""")]
    public void File_ThatIsOrMayBeDeclared_IsLeft(string body) => Assert.Empty(Study.FindingsIn(
        body,
        """
        private static ToolSpec Gmx { get; } = ToolSpec.Binary("gmx");
        private static Step Add(Step step) => step.Output("b.txt");
        private static void AddAll(Members<string, Step> members) { }
        private static void Write(OutputFile file) { }
        private static int Number() => 1;
        """));

    /// <summary>A new method of Step must be told to the analyzers: until then they look at no step that calls it.</summary>
    [Fact]
    public void MethodsOfStep_AllOfThem_AreKnown()
    {
        var methods = typeof(Step).GetMethods().Where(method => method.DeclaringType == typeof(Step) && !method.IsSpecialName).Select(method => method.Name).Distinct();
        Assert.All(methods, name => Assert.True(DirectoryName.IsKnown(name), name));
    }
}
