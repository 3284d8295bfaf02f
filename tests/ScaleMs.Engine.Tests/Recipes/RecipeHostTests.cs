using System.Text.RegularExpressions;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Recipes;

/// <summary>Real hosts that use recipes and tasks of a package.</summary>
public sealed class RecipeHostTests
{
    private const string Main = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());

        public sealed class Md : ScaleMsContext
        {
            public Md(ICakeContext context) : base(context, home: "") => Words = Parameters.Text("words", "one two");

            public string Words { get; }
        }

        """;

    private const string Study = """
        [TaskName("write")] public sealed class WriteTask : StepTask<Md>
        {
            public Artifact Text { get; private set; }

            public override void Define(StepBuilder steps, Md md) => Text = steps.Use("text", new Acme.Text { Words = md.Words });
        }

        [TaskName("Default")] public sealed class DefaultTask(WriteTask write) : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md)
            {
                steps.Use("count", new Acme.Count { Text = write.Text }, change => change.Step("wc", step => step.ChangeOutput("n.txt", publish: "n.txt")));
            }
        }
        """;

    private const string Library = """
        namespace Acme
        {
            public sealed class Text : Recipe<Artifact>
            {
                public string Words { get; init; } = "";

                public override Artifact Define(StepBuilder steps)
                {
                    if (Words == "bad") { throw new NotSupportedException("words of that kind"); }
                    return steps.Step("echo").Tool("echo").Run("echo", Words).OutputTo("out.txt").Output("out.txt").File("out.txt");
                }
            }

            public sealed class Count : Recipe<Artifact>
            {
                public Artifact Text { get; init; }

                public override Artifact Define(StepBuilder steps) =>
                    steps.Step("wc").Input("in.txt", Text).Tool("wc").Run("wc", "-w", "in.txt").OutputTo("n.txt").Output("n.txt").File("n.txt");
            }

            [TaskName("Write")] public sealed class WriteTask : FrostingTask { }
        }
        """;

    [Fact]
    public void Host_WithRecipesOfAPackage_RunsThemOnceAndTellsChangesOfTheOverride()
    {
        using var host = new StudyHost(Main + Study, Library);
        Assert.Equal(0, host.Run().Code);
        Assert.StartsWith("2 ", File.ReadAllText(host.PathOf("n.txt")), StringComparison.Ordinal);
        Assert.Contains("up to date", host.Run().Output, StringComparison.Ordinal);
        host.Settle();
        Assert.True(host.IsTold());

        host.Compile("Host", Main + Study.Replace("publish: \"n.txt\")", "publish: \"n.txt\").RunInstead(\"wc\", \"-c\", \"in.txt\").OutputTo(\"n.txt\")", StringComparison.Ordinal));
        Assert.False(host.IsTold());
        Assert.Contains("Default/count.wc", host.Run().Output, StringComparison.Ordinal);
        Assert.StartsWith("8 ", File.ReadAllText(host.PathOf("n.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Host_WithARecipeThatThrows_EndsWithPackageVersionAndPlace()
    {
        using var host = new StudyHost(Main + Study, "[assembly: System.Reflection.AssemblyInformationalVersion(\"2.1.0+sources\")]\n" + Library);
        var (code, output) = host.Run("--set", "words=bad");
        Assert.Equal(ExitCodes.Definition, code);
        Assert.Contains("error SMS1023: recipe 'Text' (Library 2.1.0), used as 'text' in task 'write', could not be defined: NotSupportedException: words of that kind", output, StringComparison.Ordinal);
        Assert.Matches(@"\n  at   Study\.cs:\d+\n", output);
        Assert.DoesNotContain("'Count'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NullReference", output, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Usage, true), host.Run("--set", "word=bad") is var (usage, told) ? (usage, told.Contains("'words'", StringComparison.Ordinal)) : default);
    }

    [Theory]
    [InlineData("new CakeHost().UseContext<Md>().UseScaleMs(typeof(Acme.WriteTask).Assembly).Run(args)")]
    [InlineData("ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>().UseScaleMs(typeof(Acme.WriteTask).Assembly))")]
    [InlineData("new CakeHost().UseContext<Md>().UseScaleMs(typeof(Acme.WriteTask).Assembly).UseScaleMs(typeof(Acme.WriteTask).Assembly).RunScaleMs(args)")]
    public void Host_WithTasksOfOneNameInTwoPackages_NamesBoth(string run)
    {
        var main = Main.Replace("ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>())", run, StringComparison.Ordinal);
        using var host = new StudyHost(main + Study, Library);
        var (code, output) = host.Run();
        Assert.Equal(ExitCodes.Definition, code);
        Assert.Single(Regex.Matches(output, "SMS1027"));
        Assert.Matches(@"error SMS1027: two tasks are called 'write': 'WriteTask' \(Host \d\S*\) and 'Acme.WriteTask' \(Library \d\S*\)\n  try  .*\[TaskName\(""library\.write""\)\]", output);
    }
}
