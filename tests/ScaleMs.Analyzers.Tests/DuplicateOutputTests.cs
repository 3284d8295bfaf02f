namespace ScaleMs.Analyzers.Tests;

public sealed class DuplicateOutputTests
{
    [Theory]
    [InlineData("""steps.Step("a").Output("o").Output("o");""", "SMS5002 \"o\"")]
    [InlineData("""steps.Step("a").Input("o", context.Source("x")).Output("o");""", "SMS5002 \"o\"")]
    [InlineData("""var a = steps.Step("a").Output("o"); a.OutputTree("o");""", "SMS5002 \"o\"")]
    [InlineData("""var a = Add(steps.Step("a")).Output("x"); var b = steps.Step("b").Output("o").Output("o"); Add(b);""", "SMS5002 \"o\"")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o"); steps.Step("b").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Call(Number).Publish("r/o"); steps.Step("b").OutputTree("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Call(Write, OutputFile.Named("x", publish: "r/o")); steps.Step("b").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.ForEach("n", context.Names, n => n, (m, n) => { m.Step("a").Output("x", publish: "r/o"); return m.Step("b").Output("y", publish: "r/o"); });""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Output("x").ChangeOutput("x", publish: "r/o"); steps.Step("b").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o").ChangeOutput("x", publish: null, keep: Keep.Always); steps.Step("b").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o").Output("z").ChangeOutput("z", publish: "r/z"); steps.Step("b").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o"); if (context.Names.Count > 1) { return; } steps.Step("b").Output("y", publish: "r/o");""", "SMS5002 \"r/o\"")]
    public void Name_OfTwoThings_IsTold(string body, string expected) => Assert.Equal([expected], Study.FindingsIn(body, Members));

    [Theory]
    [InlineData("""steps.Step("a").Edit("o", steps.Step("b").Output("x").File("x")).Output("o");""")]
    [InlineData("""var a = steps.Step("a"); if (context.Names.Count > 1) { a.Output("o", publish: "x"); } else { a.Output("o"); }""")]
    [InlineData("""var a = steps.Step("a"); _ = context.Names.Count > 1 ? a.Output("o", publish: "x") : a.Output("o", publish: "x");""")]
    [InlineData("""if (context.Names.Count > 1) { steps.Step("a").Output("x", publish: "r/o"); } else { steps.Step("b").Output("y", publish: "r/o"); }""")]
    [InlineData("""steps.Step("a").Output("o"); steps.Step("b").Output("o");""")]
    [InlineData("""foreach (var name in context.Names) { steps.Step(name).Output("o", publish: "r/" + name); }""")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o").ChangeOutput("x", publish: "r/a"); steps.Step("b").Output("y", publish: "r/o");""")]
    [InlineData("""steps.Step("a").Output("x", publish: "r/o").ChangeOutput(context.Names[0], publish: "r/a"); steps.Step("b").Output("y", publish: "r/o");""")]
    [InlineData("""var a = steps.Step("a").Call(Number).Publish("r/o"); a.Step.ChangeOutput("result.json", publish: "r/a"); steps.Step("b").Output("y", publish: "r/o");""")]
    [InlineData("""if (context.Names.Count > 1) { steps.Step("a").Output("x", publish: "r/o"); return; } steps.Step("b").Output("y", publish: "r/o");""")]
    public void Name_OfOneThing_IsLeft(string body) => Assert.Empty(Study.FindingsIn(body, Members));

    [Theory]
    [InlineData("SecondTask(FirstTask first)", "", 1)]
    [InlineData("SecondTask", "[IsDependentOn(typeof(FirstTask))]", 1)]
    [InlineData("SecondTask", "[IsDependeeOf(typeof(FirstTask))]", 1)]
    [InlineData("SecondTask", "", 0)]
    public void Path_OfTwoTasks_IsToldWhereOneRunHasBoth(string declaration, string attribute, int expected) => Assert.Equal(expected, Study.Short($$"""
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, "study");

        public sealed class FirstTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context) => steps.Step("a").Output("x", publish: "r/o");
        }

        {{attribute}}
        public sealed class {{declaration}} : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context) => steps.Step("b").Output("y", publish: "r/o");
        }
        """).Count(found => found == "SMS5002 \"r/o\""));

    [Fact]
    public void Path_OfTwoTasksThatAThirdNeeds_IsTold() => Assert.Equal(["SMS5002 \"r/o\""], Study.Short("""
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, "study");

        public sealed class FirstTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context) => steps.Step("a").Output("x", publish: "r/o");
        }

        public sealed class SecondTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context) => steps.Step("b").Output("y", publish: "r/o");
        }

        [IsDependentOn(typeof(FirstTask)), IsDependentOn(typeof(SecondTask))]
        public sealed class AllTask : FrostingTask<Md>;
        """));

    [Theory]
    [InlineData("if (context.Mode != \"{0}\") return;", 0)]
    [InlineData("if (context.Mode != \"{0}\") throw new CakeException(\"no {0}\");", 0)]
    [InlineData("if (context.Mode == \"\") {{ }} else {{ if (context.Mode != \"{0}\") {{ return; }} }}", 0)]
    [InlineData("_ = context.Mode == \"{0}\" ? 1 : throw new CakeException(\"no {0}\");", 0)]
    [InlineData("if (context.Mode != \"{0}\") goto end;", 0)]
    [InlineData("foreach (var letter in context.Mode) {{ if (letter == 'a') {{ break; }} }}", 1)]
    [InlineData("int Size() {{ return context.Mode.Length; }} _ = Size();", 1)]
    public void Path_OfTwoTasks_IsToldWhereNothingEndsThemBefore(string before, int expected) => Assert.Equal(expected, Study.Short($$"""
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, "study")
        {
            public string Mode { get; } = "a";
        }

        public sealed class FirstTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context)
            {
                {{string.Format(null, before, "a")}}
                steps.Step("a").Output("x", publish: "r/o");
                end: return;
            }
        }

        public sealed class SecondTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context)
            {
                {{string.Format(null, before, "b")}}
                steps.Step("b").Output("y", publish: "r/o");
                end: return;
            }
        }

        [IsDependentOn(typeof(FirstTask)), IsDependentOn(typeof(SecondTask))]
        public sealed class DefaultTask : FrostingTask<Md>;
        """).Count(found => found == "SMS5002 \"r/o\""));

    private const string Members = """
        private static int Number() => 1;
        private static void Write(OutputFile file) { }
        private static Step Add(Step step) => step.Output("z");
        """;
}
