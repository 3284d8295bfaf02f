namespace ScaleMs.Analyzers.Tests;

public sealed class NameClashTests
{
    [Theory]
    [InlineData("""steps.Step("a").Output("x"); steps.Step("a").Output("x");""", "SMS5009 \"a\"")]
    [InlineData("""steps.ForEach("n", context.Names, n => n, (m, n) => { m.Step("a").Output("x"); return m.Step("a").Output("x"); });""", "SMS5009 \"a\"")]
    [InlineData("""steps.Use("p", new Part()); steps.Use("p", new Part());""", "SMS5009 \"p\"")]
    [InlineData("""steps.ForEach("n", ["a", "b", "a"], n => n, (m, n) => m.Step("a").Output("x"));""", "SMS5009 \"a\"")]
    [InlineData("""steps.ForEach("n", new[] { 1, 2, 2 }, n => n, (m, n) => m.Step("a").Output("x"));""", "SMS5009 2")]
    [InlineData("""steps.Cross(new Axis<string>("T", context.Names), new Axis<string>("T", context.Names), (m, t, u) => m.Step("a").Output("x"));""", "SMS5009 \"T\"")]
    [InlineData("""steps.ForEach("n", context.Names, n => n, (m, n) => m.ForEach("n", context.Names, k => k, (e, k) => e.Step("a").Output("x")));""", "SMS5009 \"n\"")]
    [InlineData("""steps.ForEach("n", context.Names, n => n, (m, n) => m.Cross(new Axis<string>("T", context.Names), new Axis<string>("n", context.Names), (e, t, k) => e.Step("a").Output("x")));""", "SMS5009 \"n\"")]
    [InlineData("""steps.Step("a").Output("x"); if (context.Names.Count > 1) { return; } steps.Step("a").Output("x");""", "SMS5009 \"a\"")]
    public void Name_ThatIsGivenTwice_IsTold(string body, string expected) => Assert.Equal([expected], Study.FindingsIn(body, Members));

    [Theory]
    [InlineData("""if (context.Names.Count > 1) { steps.Step("a").Output("x"); } else { steps.Step("a").Output("x"); }""")]
    [InlineData("""_ = context.Names.Count switch { 1 => steps.Step("a").Output("x"), _ => steps.Step("a").Output("x") };""")]
    [InlineData("""steps.Step("a").Output("x"); steps.ForEach("n", context.Names, n => n, (m, n) => m.Step("a").Output("x"));""")]
    [InlineData("""steps.ForEach("n", context.Names, n => n, (m, n) => m.Step("a").Output("x")); steps.ForEach("n", context.Names, n => n + "2", (m, n) => m.Step("a").Output("x"));""")]
    [InlineData("""steps.Use("p", new Part()); steps.Use("q", new Part()); steps.Use(new Part()); steps.Use(new Part());""")]
    [InlineData("""steps.ForEach("n", ["a", "a"], n => n.Length, (m, n) => m.Step("a").Output("x"));""")]
    [InlineData("""var a = steps.Step("a").Output("x"); steps.WhenKnown(a.File("x"), (after, text) => { after.Step("a").Output("x"); });""")]
    [InlineData("""if (context.Names.Count > 1) { steps.Step("a").Output("x"); return; } steps.Step("a").Output("x");""")]
    public void Name_OfItsOwn_IsLeft(string body) => Assert.Empty(Study.FindingsIn(body, Members));

    [Theory]
    [InlineData("[TaskName(\"work\")] public sealed class OtherTask : StepTask<Md>", "SMS5009 OtherTask")]
    [InlineData("[TaskName(\"WORK\")] public sealed class OtherTask : StepTask<Md>", "SMS5009 OtherTask")]
    [InlineData("public sealed class Work : StepTask<Md>", "SMS5009 Work")]
    public void Task_OfANameThatIsTaken_IsTold(string declaration, string expected) =>
        Assert.Equal([expected], Study.Short(Study.Task(string.Empty) + declaration + " { public override void Define(StepBuilder steps, Md context) { } }"));

    [Fact]
    public void PlainTask_OfAStepTasksName_IsTold() =>
        Assert.Equal(["SMS5009 PlainTask"], Study.Short(Study.Task(string.Empty) + "[TaskName(\"work\")] public sealed class PlainTask : FrostingTask<Md>;"));

    [Fact]
    public void Task_ThatIsAbstractOrOfAnotherName_IsLeft() => Assert.Empty(Study.Short(
        Study.Task(string.Empty) + "[TaskName(\"work\")] public abstract class Base : StepTask<Md>; [TaskName(\"works\")] public sealed class Other : Base { public override void Define(StepBuilder steps, Md context) { } }"));

    private const string Members = """
        private sealed class Part : Recipe<Artifact>
        {
            public override Artifact Define(StepBuilder steps) => steps.Step("part").Output("x").File("x");
        }
        """;
}
