namespace ScaleMs.Analyzers.Tests;

public sealed class PureDefinitionTests
{
    [Theory]
    [InlineData("""steps.Step("a").Parameter("t", DateTime.Now).Output("x");""", "SMS5004 DateTime.Now")]
    [InlineData("_ = DateTimeOffset.UtcNow;", "SMS5004 DateTimeOffset.UtcNow")]
    [InlineData("_ = System.Diagnostics.Stopwatch.StartNew();", "SMS5004 System.Diagnostics.Stopwatch.StartNew()")]
    [InlineData("_ = TimeProvider.System;", "SMS5004 TimeProvider.System")]
    [InlineData("_ = Environment.TickCount64;", "SMS5004 Environment.TickCount64")]
    [InlineData("_ = new Random().Next();", "SMS5005 new Random()")]
    [InlineData("_ = Random.Shared.Next();", "SMS5005 Random.Shared")]
    [InlineData("_ = Guid.NewGuid();", "SMS5005 Guid.NewGuid()")]
    [InlineData("_ = System.Security.Cryptography.RandomNumberGenerator.GetInt32(3);", "SMS5005 System.Security.Cryptography.RandomNumberGenerator.GetInt32(3)")]
    [InlineData("""_ = Environment.GetEnvironmentVariable("X");""", "SMS5006 Environment.GetEnvironmentVariable(\"X\")")]
    [InlineData("_ = Environment.MachineName;", "SMS5006 Environment.MachineName")]
    [InlineData("_ = Environment.CurrentDirectory;", "SMS5006 Environment.CurrentDirectory")]
    [InlineData("""_ = File.ReadAllText("x");""", "SMS5006 File.ReadAllText(\"x\")")]
    [InlineData("""_ = context.Names.Where(File.Exists).ToList();""", "SMS5006 File.Exists")]
    [InlineData("""_ = new DirectoryInfo("x");""", "SMS5006 new DirectoryInfo(\"x\")")]
    [InlineData("""_ = context.Environment.GetEnvironmentVariable("X");""", "SMS5006 context.Environment.GetEnvironmentVariable(\"X\")")]
    [InlineData("""_ = Cake.Common.EnvironmentAliases.EnvironmentVariable(context, "X");""", "SMS5006 Cake.Common.EnvironmentAliases.EnvironmentVariable(context, \"X\")")]
    [InlineData("""steps.ForEach("n", context.Names, n => n + DateTime.Now, (m, n) => m.Step("a").Output("x"));""", "SMS5004 DateTime.Now")]
    [InlineData("""string Local() => Environment.UserName; _ = Local();""", "SMS5006 Environment.UserName")]
    public void Define_ThatReadsPastItsContext_IsTold(string body, string expected) => Assert.Equal([expected], Study.FindingsIn(body));

    [Theory]
    [InlineData("_ = new Random(context.Names.Count).Next();")]
    [InlineData("_ = new DateTime(2025, 1, 1);")]
    [InlineData("_ = Environment.ProcessorCount; _ = Environment.NewLine;")]
    [InlineData("""_ = context.Env("X"); _ = context.ReadLines(context.Source("x")); _ = context.Glob("*.txt", allowNone: true);""")]
    [InlineData("""_ = Path.GetFileName("a/b");""")]
    [InlineData("""steps.Step("a").Call(Run).Output("x");""")]
    [InlineData("""steps.Step("a").Call(Files).Output("x");""")]
    [InlineData("""steps.Step("a").Call(Return);""")]
    [InlineData("""steps.Step("a").Tool("x").Run("x").ReportsProgress(() => throw new IOException(DateTime.Now.ToString())).Output("x");""")]
    [InlineData("""steps.Step("a").Tool("x").Run("x").Output("x", new ScaleMs.Core.Identity.LineIdentity("own", 1, line => File.ReadAllText(line)));""")]
    public void Define_ThatReadsThroughItsContextOrInItsSteps_IsLeft(string body) => Assert.Empty(Study.FindingsIn(
        body,
        """
        private static void Run(StepFiles files) => files.WriteText("x", DateTime.Now.ToString() + Environment.MachineName);
        private static async Task Files(StepFiles files) => await File.WriteAllTextAsync(files.Path("x"), Guid.NewGuid().ToString());
        private static DateTime Return() => DateTime.Now;
        """));

    [Fact]
    public void Code_ThatDefineCalls_IsToldOnceWithWhoCallsIt()
    {
        var found = Assert.Single(Study.Find(Study.Task(
            "_ = Name() + Name() + new Named().Text;",
            """
            private static string Name() => new Named().Text;

            private sealed class Named
            {
                public string Text => Inner();

                private static string Inner() => DateTime.Now.ToString();
            }

            public static string NotCalled() => DateTime.Now.ToString();
            """)));
        Assert.Equal("'DateTime.Now' reads the clock while the workflow is defined, called by 'WorkTask.Define': take the time as a parameter, or read it in a step's command or function", found.GetMessage(null));
    }

    [Fact]
    public void Code_ThatCallsItself_ComesToAnEnd() => Assert.Equal(["SMS5004 DateTime.Now"], Study.FindingsIn(
        "_ = Even(4);",
        """
        private static bool Even(int n) => n == 0 || Odd(n - 1);
        private static bool Odd(int n) => n != 0 && DateTime.Now.Year > 0 && Even(n - 1);
        """));

    [Fact]
    public void RecipesContextsAndFunctionsThatTakeABuilder_AreDefinitionsToo() => Assert.Equal(
        ["SMS5006 Environment.GetEnvironmentVariable(\"A\")", "SMS5004 DateTime.Now", "SMS5005 Guid.NewGuid()", "SMS5005 Random.Shared"],
        Study.Short("""
            public sealed class Md : ScaleMsContext
            {
                public Md(ICakeContext context) : base(context, "study") => Value = Environment.GetEnvironmentVariable("A");

                public string? Value { get; }

                public DateTime Start { get; } = DateTime.Now;
            }

            public sealed class Part : Recipe<Artifact>
            {
                public override Artifact Define(StepBuilder steps) => steps.Step($"{Guid.NewGuid()}").Output("x").File("x");
            }

            public static class Elsewhere
            {
                public static Action<StepBuilder> Defines() => steps => steps.Step($"{Random.Shared.Next()}").Output("x");

                public static DateTime Now() => DateTime.Now;
            }
            """));
}
