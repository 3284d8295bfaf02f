using ScaleMs.Engine.Tests.NullRuns;
using Xunit;

namespace ScaleMs.Engine.Tests.Artifacts;

/// <summary>Files that a definition looks for, in real hosts: a run is told without being made only while none came or went.</summary>
public sealed class GlobHostTests
{
    private const string Host = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "") { public string Name { get; } = "a"; }
        [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md)
            {
                steps.Step("join").Inputs("in", md.Glob("texts/**/*.txt", except: ["made"])).Tool("sh")
                    .Run("sh", "-c", "cat $(find in -type f | sort)").OutputTo("out").Output("out", publish: "texts.txt");
                steps.Step("list").Input("data", md.Folder("data")).Tool("sh")
                    .Run("sh", "-c", "find data -type f -printf '%P %m\\n' | sort").OutputTo("out").Output("out", publish: "list.txt");
            }
        }
        """;

    [Fact]
    public void Files_ThatComeOrGo_AreNoticedBesideTheShortcut()
    {
        using var study = new StudyHost(Host);
        study.Write("texts/a.txt", "a\n");
        study.Write("texts/sub/b.txt", "b\n");
        study.Write("texts/sub/made/x.txt", "passed over\n");
        study.Write("data/.hidden", "h");
        study.Write("data/run.sh", "r");
        File.SetUnixFileMode(study.PathOf("data/run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        study.Settle();
        Assert.True(study.IsTold());
        Assert.Equal(("a\nb\n", ".hidden 644\nrun.sh 755\n"), (File.ReadAllText(study.PathOf("texts.txt")), File.ReadAllText(study.PathOf("list.txt"))));

        study.Write("texts/sub/made/y.txt", "passed over too\n");
        Assert.True(study.IsTold());

        study.Write("texts/sub/c.txt", "c\n");
        Assert.False(study.IsTold());
        study.Settle();
        Assert.True(study.IsTold());
        Assert.Equal("a\nb\nc\n", File.ReadAllText(study.PathOf("texts.txt")));

        File.Delete(study.PathOf("texts/a.txt"));
        Assert.False(study.IsTold());
        study.Settle();
        File.CreateSymbolicLink(study.PathOf("data/link"), "run.sh");
        Assert.False(study.IsTold());
        Assert.Contains("1 executed", study.Run().Output, StringComparison.Ordinal);
        Assert.StartsWith(".hidden 644\nlink 755\n", File.ReadAllText(study.PathOf("list.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_OfWhichThereAreNone_AreAFaultWithItsPlace()
    {
        using var study = new StudyHost(Host);
        study.Write("data/x", "x");
        var (code, output) = study.Run();

        Assert.Equal(3, code);
        Assert.Contains("error SMS1004: no file of the workspace is named by 'texts/**/*.txt'", output, StringComparison.Ordinal);
        Assert.Contains("Study.cs:", output, StringComparison.Ordinal);
    }
}
