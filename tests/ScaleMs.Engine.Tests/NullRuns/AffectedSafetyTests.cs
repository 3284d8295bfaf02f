using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>Real hosts: a run of what some edits reach decides as the run in full would, and leaves no memory that says more than is true.</summary>
public sealed class AffectedSafetyTests
{
    private const string Context = """
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "") { public string Name { get; } = "a"; }

        """;

    private const string Main = "return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());\n";

    [Fact]
    public void AffectedRun_EditedSourceIsAlsoAToolOfAnother_ThatIsMadeAgain()
    {
        using var study = new StudyHost(Main + Context + """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    steps.Step("copy").Input("in", md.Source("say")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "copy.txt");
                    steps.Step("said").Tool(ToolSpec.Binary("say", "./say")).Run("say").OutputTo("out").Output("out", publish: "said.txt");
                }
            }
            """);
        study.Write("say", "#!/bin/sh\necho one\n");
        File.SetUnixFileMode(study.PathOf("say"), (UnixFileMode)0b111_101_101);
        study.Settle();
        Assert.True(study.IsTold());

        study.Write("say", "#!/bin/sh\necho two\n");
        Assert.Equal(0, study.Run().Code);

        Assert.Equal("two\n", File.ReadAllText(study.PathOf("said.txt")));
    }

    [Fact]
    public void AffectedRun_EditedSourceAlsoReadByTheDefinition_DefinedAnew()
    {
        var outside = Directory.CreateTempSubdirectory("scalems-outside-");
        var members = Path.Combine(outside.FullName, "members");
        File.WriteAllText(members, "one\n");
        using var study = new StudyHost(Main + Context + """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) => steps.ForEach("n", md.ReadLines(new SourceFile(PLACE)), i => i, (member, i) =>
                    member.Step("copy").Input("in", new SourceFile(PLACE)).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: i + ".txt"));
            }
            """.Replace("PLACE", $"\"{members}\"", StringComparison.Ordinal));
        study.Settle();
        Assert.True(study.IsTold());

        File.WriteAllText(members, "one\ntwo\n");
        Assert.Equal(0, study.Run().Code);

        Assert.Equal("one\ntwo\n", File.ReadAllText(study.PathOf("two.txt")));
        outside.Delete(recursive: true);
    }

    [Fact]
    public void AffectedRun_SharedSourceEditedMeanwhile_OthersMadeAgainLater()
    {
        using var study = new StudyHost(Main + Context + """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    foreach (var i in new[] { "a", "b" })
                    {
                        var first = steps.Step("first-" + i).Input("own", md.Source(i)).Tool("sh")
                            .Run("sh", "-c", "root=${PWD%%/.scalems/*}; test ! -e $root/next || mv $root/next $root/shared; cat own").OutputTo("out").Output("out");
                        steps.Step("second-" + i).Input("own", first.File("out")).Input("shared", md.Source("shared")).Tool("cat").Run("cat", "own", "shared").OutputTo("out").Output("out", publish: i + ".txt");
                    }
                }
            }
            """);
        study.Write("a", "a1");
        study.Write("b", "b1");
        study.Write("shared", "-s1");
        study.Settle();
        Assert.True(study.IsTold());

        study.Write("a", "a2");
        study.Write("next", "-s2");
        // The clock of stamps must have gone on, so that the file is known by how it looks when the run reads it.
        File.SetLastWriteTimeUtc(study.PathOf("next"), DateTime.UtcNow.AddDays(-1));
        Assert.Equal(0, study.Run().Code);
        Assert.Equal(0, study.Run().Code);

        Assert.Equal("a2-s2", File.ReadAllText(study.PathOf("a.txt")));
        Assert.Equal("b1-s2", File.ReadAllText(study.PathOf("b.txt")));
    }

    [Fact]
    public void AffectedRun_LinkedSourceTurnedBackMeanwhile_MadeAgainLater()
    {
        using var study = new StudyHost(Main + Context + """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    var first = steps.Step("first").Input("in", md.Source("link")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out");
                    steps.Step("second").Input("in", first.File("out")).Tool("sh")
                        .Run("sh", "-c", "root=${PWD%%/.scalems/*}; test ! -e $root/back || mv $root/back $root/link; cat in").OutputTo("out").Output("out", publish: "out.txt");
                }
            }
            """);
        study.Write("one", "1");
        study.Write("two", "2");
        File.CreateSymbolicLink(study.PathOf("link"), "one");
        study.Settle();
        Assert.True(study.IsTold());

        File.Delete(study.PathOf("link"));
        File.CreateSymbolicLink(study.PathOf("link"), "two");
        File.CreateSymbolicLink(study.PathOf("back"), "one");
        Assert.Equal(0, study.Run().Code);
        Assert.Equal(0, study.Run().Code);

        Assert.Equal("1", File.ReadAllText(study.PathOf("out.txt")));
    }

    [Fact]
    public void AffectedRun_AnotherReadsWhatIsPublishedByItsAbsolutePath_MadeAgainLater()
    {
        const string Source = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    steps.Step("copy").Input("in", md.Source("in")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "out.txt");
                    steps.Step("again").Input("in", new SourceFile(PLACE)).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "again.txt");
                }
            }
            """;
        using var study = new StudyHost(Main + Context + Source.Replace("PLACE", "\"in\"", StringComparison.Ordinal));
        study.Write("in", "1");
        Assert.Equal(0, study.Run().Code);
        study.Compile("Host", Main + Context + Source.Replace("PLACE", $"\"{study.PathOf("out.txt")}\"", StringComparison.Ordinal));
        study.Settle();

        study.Write("in", "2");
        study.Run();
        study.Run();
        study.Run();

        Assert.Equal("2", File.ReadAllText(study.PathOf("again.txt")));
    }

    [Fact]
    public void NullRun_SitesComeThatChangeWhatToolsThereAre_IsNotTold()
    {
        using var study = new StudyHost(Main + Context + """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) => steps.Step("say").Tool("cat").Input("in", md.Source("in")).Run("cat", "in").OutputTo("out").Output("out", publish: "out.txt");
            }
            """);
        study.Write("in", "in");
        study.Write("tools/cat", "#!/bin/sh\necho of the site\n");
        File.SetUnixFileMode(study.PathOf("tools/cat"), (UnixFileMode)0b111_101_101);
        study.Settle();
        Assert.True(study.IsTold());

        study.Write("sites.yaml", $"sites:\n  local:\n    before:\n      - export PATH={study.PathOf("tools")}:$PATH\n");
        var (code, output) = study.Run();

        Assert.True(code == 0, output);
        Assert.Equal("of the site\n", File.ReadAllText(study.PathOf("out.txt")));
    }
}
