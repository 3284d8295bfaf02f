namespace ScaleMs.Analyzers.Tests;

public sealed class NotPublicTests
{
    private const string Context = "public sealed class Md(ICakeContext context) : ScaleMsContext(context, \"study\");\n";
    private const string Body = " : StepTask<Md> { public override void Define(StepBuilder steps, Md context) { } }";

    [Theory]
    [InlineData("internal sealed class WorkTask")]
    [InlineData("sealed class WorkTask")]
    public void StepTask_ThatNoHostFinds_IsTold(string declaration) => Assert.Equal(["SMS5008 WorkTask"], Study.Short(Context + declaration + Body));

    [Fact]
    public void StepTask_InsideAClassThatIsNotPublic_NamesThatClass()
    {
        var found = Assert.Single(Study.Find(Context + "internal static class Tasks { public sealed class WorkTask" + Body + " }"));
        Assert.StartsWith("step task 'WorkTask' is not public because 'Tasks' is not, so no host finds it: make 'Tasks' public", found.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public sealed class WorkTask")]
    [InlineData("public class WorkTask")]
    [InlineData("internal abstract class WorkTask")]
    [InlineData("public static class Tasks { public sealed class Inner { } } public sealed class WorkTask")]
    public void StepTask_ThatIsFoundOrNone_IsLeft(string declaration) => Assert.Empty(Study.Short(Context + declaration + Body));

    [Fact]
    public void RecipesAndFunctions_OfOnesOwn_NeedNotBePublic() => Assert.Empty(Study.Short(Study.Task(
        """steps.Use("own", new Own());""",
        """
        private sealed class Own : Recipe<Artifact>
        {
            public override Artifact Define(StepBuilder steps) => steps.Step("a").Call(Write).Output("a.txt").File("a.txt");

            private static void Write(StepFiles files) => files.WriteText("a.txt", "a");
        }
        """)));
}
