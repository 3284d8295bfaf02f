using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>Real hosts: a run with few edits that takes its part of the definition from a null run does, records and tells what the run in full would.</summary>
public sealed partial class AffectedRunTests
{
    internal const string Host = """
        return ScaleMsHost.Run(args, () => new CakeHost().UseContext<Md>());
        public sealed class Md : ScaleMsContext
        {
            public Md(ICakeContext context) : base(context, home: "") => Word = Parameters.Text("word", "one");
            public string Word { get; }
        }

        """;

    /// <summary>Three copies of sources, each with a copy of its own; what joins two of them, and counts in another task.</summary>
    private const string Joining = """
        [TaskName("Copy")] public sealed class CopyTask : StepTask<Md>
        {
            public Artifact Joined { get; private set; } = null!;
            public Artifact Third { get; private set; } = null!;
            public override void Define(StepBuilder steps, Md md)
            {
                var (first, second) = (Copy(steps, "first", md.Source("first.txt")), Copy(steps, "second", md.Source("second.txt")));
                Third = Copy(steps, "third", md.Source("third.txt"));
                var join = steps.Step("join").Input("a", first).Input("b", second).Tool("cat").Run("cat", "a", "b").OutputTo("out").Output("out", publish: "join.out");
                Joined = join.File("out");
            }

            private static Artifact Copy(StepBuilder steps, string name, SourceFile source)
            {
                var step = steps.Step(name).Input("in", source).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: name + ".out");
                return step.File("out");
            }
        }

        [TaskName("Default")] public sealed class DefaultTask(CopyTask copy) : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md md)
            {
                steps.Step("count").Input("a", copy.Joined).Input("b", copy.Third).Tool("wc").Run("wc", "-c", "a", "b").OutputTo("out").Output("out", publish: "count.out");
                steps.Step("say").Input("a", copy.Third).Tool("sed").Run("sed", "s/$/" + md.Word + "/", "a").OutputTo("out").Output("out", publish: "say.out");
            }
        }
        """;

    [Fact]
    public void AffectedRun_SourceEdited_ExecutesWhatItReachesAndIsFollowedByNullRuns()
    {
        using var study = Settled();
        for (var round = 0; round < 3; round++)
        {
            study.Write("first.txt", $"edited {round}\n");
            var (code, output) = RunAffected(study);

            Assert.Equal(0, code);
            Assert.Contains("3 executed, 3 up to date", output, StringComparison.Ordinal);
            Assert.Equal($"edited {round}\nsecond\n", File.ReadAllText(study.PathOf("join.out")));
            Assert.True(study.IsTold());
        }
    }

    [Theory]
    [InlineData("printf edited > third.txt", 0)]
    [InlineData("printf edited > third.txt; rm first.out", 0)]
    [InlineData("rm join.out count.out", 0)]
    [InlineData("printf edited > join.out", 0)]
    [InlineData("cp second.txt first.txt", 0)]
    [InlineData("touch first.txt; printf edited > third.txt", 0)]
    [InlineData("rm third.txt", 3)]
    [InlineData("rm third.txt; mkdir third.txt", 3)]
    [InlineData("mv third.txt real.txt; ln -s real.txt third.txt; printf more >> real.txt", 0)]
    [InlineData("rm third.out; mkdir third.out", 0)]
    [InlineData("chmod 000 third.out", 0)]
    [InlineData("chmod +x third.txt", 0)]
    public void AffectedRun_WhateverWasDone_TellsAndLeavesWhatARunInFullDoes(string command, int expected)
    {
        // One step at a time; which of several comes first is told by how long they took.
        const string Jobs = "--jobs=1";
        using var study = Settled(Jobs);
        using var other = Settled(Jobs);
        // Without the kept definition the run is made in full.
        Array.ForEach(Directory.GetFiles(other.PathOf(".scalems/null-runs"), "*.steps"), File.Delete);
        Shell(study, command);
        Shell(other, command);

        var (code, output) = study.Run(Jobs);
        var (fullCode, full) = other.Run(Jobs);

        Assert.Equal((expected, expected), (fullCode, code));
        Assert.Equal(Normal(full, other), Normal(output, study));
        Assert.Equal(Outputs(other), Outputs(study));
        Assert.Equal(Summary(other), Summary(study));
        Assert.Equal(Normal(other.Run(Jobs).Output, other), Normal(study.Run(Jobs).Output, study));
    }

    [Fact]
    public void AffectedRun_AnotherRunCameBetween_JudgesEverything()
    {
        using var study = Settled();
        study.Settle("--set", "word=two");
        study.Write("first.txt", "edited\n");

        // The memory of the first command is older than what the second one published.
        var (code, output) = study.Run();

        Assert.True(code == 0, output);
        Assert.Contains("restored", output, StringComparison.Ordinal);
        Assert.Equal("thirdone\n", File.ReadAllText(study.PathOf("say.out")));
    }

    [Fact]
    public void AffectedRun_WhatItReadsOfIsLostInTheStoreToo_IsMadeInFull()
    {
        const string Unpublished = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    var first = steps.Step("first").Input("in", md.Source("first.txt")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out");
                    steps.Step("join").Input("a", first.File("out")).Input("b", md.Source("second.txt")).Tool("cat").Run("cat", "a", "b").OutputTo("out").Output("out", publish: "join.out");
                }
            }
            """;
        using var study = new StudyHost(Host + Unpublished);
        study.Write("first.txt", "first ");
        study.Write("second.txt", "second");
        study.Settle();
        Directory.Delete(study.PathOf(".scalems/blobs"), recursive: true);
        study.Write("second.txt", "edited");

        var (code, output) = study.Run();

        Assert.True(code == 0, output);
        Assert.Contains("2 executed", output, StringComparison.Ordinal);
        Assert.Equal("first edited", File.ReadAllText(study.PathOf("join.out")));
    }

    [Theory]
    [InlineData("first.txt", false)]
    [InlineData("second.txt", true)]
    public void AffectedRun_FunctionSteps_AreReadOfAndNotRun(string edited, bool isAffected)
    {
        const string Calling = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    var call = steps.Step("call").Input("in", md.Source("first.txt")).Call(Write).Output("out", publish: "call.out");
                    steps.Step("join").Input("a", call.File("out")).Input("b", md.Source("second.txt")).Tool("cat").Run("cat", "a", "b").OutputTo("out").Output("out", publish: "join.out");
                }

                public static void Write(StepFiles files) => files.WriteText("out", File.ReadAllText(files.Path("in")) + "!");
            }
            """;
        using var study = new StudyHost(Host + Calling);
        study.Write("first.txt", "first");
        study.Write("second.txt", "second");
        study.Settle();
        study.Write(edited, "edited");
        var before = Amended(study);

        var (code, output) = study.Run();

        Assert.True(code == 0, output);
        Assert.Equal(isAffected, Amended(study) > before);
        Assert.Equal(isAffected ? "first!edited" : "edited!second", File.ReadAllText(study.PathOf("join.out")));
    }

    [Theory]
    [InlineData("--keep-going", true)]
    [InlineData("--set=word=two", true)]
    [InlineData("--verbosity=diagnostic", false)]
    [InlineData("--trace", false)]
    public void AffectedRun_Options_OrdinaryOnesOnly(string option, bool isAffected)
    {
        using var study = Settled(option);
        study.Write("third.txt", "edited\n");
        var before = Amended(study);

        var (code, output) = study.Run(option);

        Assert.True(code == 0, output);
        Assert.Equal(isAffected, Amended(study) > before);
        Assert.Equal(option.Contains("two", StringComparison.Ordinal) ? "editedtwo\n" : "editedone\n", File.ReadAllText(study.PathOf("say.out")));
    }

    [Fact]
    public void AffectedRuns_RandomGraphsAndEdits_LeaveWhatTheSourcesSay()
    {
        const int Seed = 20_261_122;
        const int Nodes = 12;
        const string Graph = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    var made = new Dictionary<string, Artifact>();
                    foreach (var line in md.ReadLines(md.Source("graph.txt")))
                    {
                        var words = line.Split(' ');
                        var step = steps.Step(words[0]).Tool("cat").Run("cat", words.Skip(1).ToArray()).OutputTo(words[0]);
                        step = words[0].EndsWith('h') ? step.Output(words[0]) : step.Output(words[0], publish: words[0]);
                        foreach (var word in words.Skip(1))
                        {
                            step = made.TryGetValue(word, out var artifact) ? step.Input(word, artifact) : step.Input(word, md.Source(word));
                        }

                        made[words[0]] = step.File(words[0]);
                    }
                }
            }
            """;
        var random = new Random(Seed);
        List<string> lines = [.. Enumerable.Range(0, Nodes).Select(node => Line(node, random))];
        using var study = new StudyHost(Host + Graph);
        Array.ForEach([.. Enumerable.Range(0, Nodes)], source => study.Write($"s{source}", $"{source} "));
        study.Write("graph.txt", string.Join('\n', lines));
        study.Settle();
        var affected = 0;
        for (var round = 0; round < 25; round++)
        {
            for (var edits = random.Next(1, 4); edits > 0; edits--)
            {
                Edit(study, random, round);
            }

            var before = Amended(study);
            var (code, output) = study.Run();
            Assert.True(code == 0, $"seed {Seed}, round {round}: {output}");
            affected += Amended(study) > before ? 1 : 0;
            foreach (var line in lines.Where(line => !line.Split(' ')[0].EndsWith('h')))
            {
                Assert.Equal(ContentOf(line.Split(' ')[0], lines, study), File.ReadAllText(study.PathOf(line.Split(' ')[0])));
            }

            Assert.Contains("everything up to date", study.Run().Output, StringComparison.Ordinal);
        }

        Assert.InRange(affected, 20, 25);
    }

    private static string Line(int node, Random random)
    {
        var inputs = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2) == 0 || node == 0 ? $"s{random.Next(12)}" : NameOf(random.Next(node))).Distinct();
        return $"{NameOf(node)} {string.Join(' ', inputs)}";
    }

    /// <summary>Some publish nothing.</summary>
    private static string NameOf(int node) => node % 5 == 3 ? $"n{node}h" : $"n{node}";

    private static void Edit(StudyHost study, Random random, int round)
    {
        var node = NameOf(random.Next(12));
        switch (random.Next(4))
        {
            case 0 when File.Exists(study.PathOf(node)):
                File.Delete(study.PathOf(node));
                break;
            case 1:
                study.Write($"s{random.Next(12)}", "the same ");
                break;
            default:
                study.Write($"s{random.Next(12)}", $"{round}.{random.Next(3)} ");
                break;
        }
    }

    private static string ContentOf(string name, List<string> lines, StudyHost study) => lines.Find(line => line.StartsWith(name + " ", StringComparison.Ordinal)) is { } line
        ? string.Concat(line.Split(' ').Skip(1).Select(input => ContentOf(input, lines, study)))
        : File.ReadAllText(study.PathOf(name));

    private static StudyHost Settled(params string[] options)
    {
        var study = new StudyHost(Host + Joining);
        Array.ForEach(["first", "second", "third"], name => study.Write(name + ".txt", name + "\n"));
        study.Settle(options);
        return study;
    }

    private static (int Code, string Output) RunAffected(StudyHost study)
    {
        var before = Amended(study);
        var run = study.Run();
        Assert.True(Amended(study) > before, run.Output);
        return run;
    }

    /// <summary>The bytes of all memories: a run of a part is appended to one.</summary>
    private static long Amended(StudyHost study) =>
        new DirectoryInfo(study.PathOf(".scalems/null-runs")) is { Exists: true } folder ? folder.GetFiles().Where(file => file.Extension.Length == 0).Sum(file => file.Length) : 0;

    private static SortedDictionary<string, string> Outputs(StudyHost study) => new(
        Directory.GetFiles(study.Workspace, "*.out").ToDictionary(file => Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);

    /// <summary>The newest summary without what differs from run to run.</summary>
    private static string Summary(StudyHost study) => Directory.Exists(study.PathOf(".scalems/runs"))
        ? Normal(File.ReadAllText(Path.Combine(Directory.GetDirectories(study.PathOf(".scalems/runs")).Max(StringComparer.Ordinal)!, "summary.json")), study)
        : string.Empty;

    /// <summary>Its lines in ordinal order, without what differs from run to run.</summary>
    internal static string Normal(string text, StudyHost study) =>
        string.Join('\n', Measured().Replace(text.Replace(study.Workspace, "WORKSPACE", StringComparison.Ordinal), "#").Split('\n').Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\d{8}-\d{6}-\d+|\d+(\.\d+)? (ms|s)\b|""(wall|cpu|wait|saved)Seconds"": [\d.]+|""peakMemoryBytes"": \d+| {2,}")]
    private static partial Regex Measured();

    private static void Shell(StudyHost study, string command)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = study.Workspace })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
