using System.Diagnostics;
using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>Real hosts: a run is told without being made only while everything that it depends on is as it was.</summary>
public sealed class ShortcutTests
{
    private const string Context = """
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, home: "") { public string Name { get; } = "a"; }

        """;

    private const string Main = "return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());\n";

    /// <summary>Copies one file.</summary>
    private const string Copying = """
        [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md) =>
                steps.Step("copy").Input("in", md.Source("in.txt")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "out.txt");
        }
        """;

    [Fact]
    public void NullRun_NothingChanged_ToldWithTheSameLastLine()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        Assert.Equal(0, study.Run().Code);
        Assert.Equal(0, study.Run().Code);
        var made = LastLine(study.Run("--jobs", "1").Output);

        Assert.True(study.IsTold());
        Assert.True(study.IsTold("--rehash"));
        Assert.Equal(made, LastLine(study.Run("--jobs", "1").Output));
        Assert.False(study.IsTold("--jobs", "2"));
    }

    [Fact]
    public void NullRun_SourceWhoseNameBeginsAsTheStores_Noticed()
    {
        using var study = new StudyHost(Main + Context + Copying.Replace("in.txt", ".scalems-in/in.txt", StringComparison.Ordinal));
        study.Write(".scalems-in/in.txt", "one");
        study.Settle();
        Assert.True(study.IsTold());

        study.Write(".scalems-in/in.txt", "two");
        Assert.False(study.IsTold());
    }

    [Fact]
    public void NullRun_LibraryOfAFunctionStepBuiltAnew_Noticed()
    {
        const string Library = "public static class Words { public static string Greet() => \"hello\"; }";
        const string Calling = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) => steps.Step("greet").Call(Write).Output("out", publish: "out.txt");
                public static void Write(StepFiles files) => files.WriteText("out", Words.Greet());
            }
            """;
        using var study = new StudyHost(Main + Context + Calling, Library);
        study.Settle();
        Assert.True(study.IsTold());

        study.Compile("Library", Library.Replace("hello", "hi", StringComparison.Ordinal));
        Assert.False(study.IsTold());
        Assert.Contains("1 executed", study.Run().Output, StringComparison.Ordinal);
        Assert.Equal("hi", File.ReadAllText(study.PathOf("out.txt")));
    }

    [Theory]
    [InlineData("State.Members = File.Exists(\"two\") ? 2 : 1;", "")]
    [InlineData("", "[TaskName(\"Other\")] public sealed class Other : FrostingTask { public Other() => State.Members = File.Exists(\"two\") ? 2 : 1; }")]
    public void NullRun_StaticStateSetElsewhereFromAFile_NotRemembered(string main, string task)
    {
        const string Stating = """
            public static class State { public static int Members = 1; }
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) => steps.ForEach("n", Enumerable.Range(0, State.Members), i => i, (member, i) =>
                    member.Step("echo").Tool("echo").Run("echo", $"{i}").OutputTo("out").Output("out"));
            }

            """;
        using var study = new StudyHost(main + Main + Context + Stating + task);
        study.Settle();
        study.Write("two", "");

        Assert.False(study.IsTold());
        Assert.Contains("1 executed", study.Run().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--REHASH")]
    [InlineData("-rehash")]
    [InlineData("--rehash=true")]
    public void NullRun_RehashSpeltOtherwise_NotToldByStamps(string spelling)
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        study.Settle(spelling);

        Assert.False(study.IsTold(spelling));
    }

    [Theory]
    [InlineData("--verbosity=Quiet")]
    [InlineData("--verbosity=Diagnostic")]
    [InlineData("--progress=plain")]
    [InlineData("--progress=none")]
    public void NullRun_OptionsOfTheTerminal_SameLastLine(string option)
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        Assert.Equal(0, study.Run().Code);
        var made = LastLine(study.Run(option).Output);

        Assert.Equal(made, LastLine(study.Run(option).Output));
    }

    [Fact]
    public void NullRun_StoreOfANewerFormat_LeftToTheRun()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        study.Settle();
        File.WriteAllText(study.PathOf(".scalems/store.json"), File.ReadAllText(study.PathOf(".scalems/store.json")).Replace("1", "99", StringComparison.Ordinal));

        Assert.NotEqual(0, study.Run().Code);
    }

    [Fact]
    public void NullRun_JournalDamagedInPlace_LeftToTheRun()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        study.Settle();
        var segment = Directory.GetFiles(study.PathOf(".scalems/journal"), "*.log").Order(StringComparer.Ordinal).First();
        var bytes = File.ReadAllBytes(segment);
        bytes[bytes.Length / 2] ^= 1;
        using (var file = File.OpenWrite(segment))
        {
            file.Write(bytes);
        }

        Assert.False(study.IsTold());
    }

    [Theory]
    [InlineData("mkfifo in.txt")]
    [InlineData("mkdir in.txt")]
    [InlineData("ln -s /dev/null in.txt")]
    public void NullRun_EmptySourceReplacedByWhatIsNoFile_NotTold(string command)
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", string.Empty);
        study.Settle();
        File.Delete(study.PathOf("in.txt"));
        Shell(study, command);

        Assert.False(study.IsTold());
        Assert.False(study.IsTold("--rehash"));
    }

    private static void Shell(StudyHost study, string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = study.Workspace })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static string LastLine(string output) => System.Text.RegularExpressions.Regex.Replace(output.Trim().Split('\n')[^1], @"[\d.]+ (ms|s)\b", "#");
}
