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
    public void Plan_NothingChanged_ToldInTheSameWordsWithoutDefiningAnything()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        // The runtime lists what it compiles: definitions are not compiled ahead of time here.
        (string, string?)[] listing = [("DOTNET_JitStdOutFile", study.PathOf("compiled")), ("DOTNET_JitDisasmSummary", "1"), ("DOTNET_TieredCompilation", "0")];
        study.Run(listing);
        var made = study.Run(listing, "--plan").Output;
        Assert.Contains("DefaultTask:Define", File.ReadAllText(study.PathOf("compiled")), StringComparison.Ordinal);
        study.Settle(listing);
        // It is written on at its end.
        File.Delete(study.PathOf("compiled"));

        var told = study.Run(listing, "--plan").Output;
        Assert.DoesNotContain("DefaultTask:Define", File.ReadAllText(study.PathOf("compiled")), StringComparison.Ordinal);
        Assert.Equal(made, told);
        Assert.Contains("Default: unchanged since run", study.Run(listing, "--plan", "--verbosity=diagnostic").Output.Replace("Default/copy", "Default", StringComparison.Ordinal), StringComparison.Ordinal);

        study.Write("in.txt", "two");
        Assert.Contains("plan: 0 up to date, 0 restore, 1 execute, 0 perhaps", study.Run(listing, "--plan").Output, StringComparison.Ordinal);
        Assert.Equal(4, study.Run(listing, "--plan", "--exit-code").Code);
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

    [Fact]
    public void NullRun_RehashSpeltOtherwise_NotToldByStamps()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        study.Settle();
        foreach (var spelling in (string[])["--REHASH", "-rehash", "--rehash=true"])
        {
            Assert.Equal(0, study.Run(spelling).Code);
            Assert.False(study.IsTold(spelling));
        }
    }

    [Fact]
    public void NullRun_RunsThatAskForMore_NotRemembered()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        Assert.Equal(0, study.Run().Code);
        foreach (var option in (string[])["--plan", "--exclusive", "--dryrun", "--summary=s.json", "--events=e.jsonl"])
        {
            Assert.Equal(0, study.Run(option).Code);
        }

        Assert.False(Directory.Exists(study.PathOf(".scalems/null-runs")));
    }

    [Fact]
    public void NullRun_PureProgramOtherArguments_IlNotReadAgain()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        Assert.Equal(0, study.Run().Code);

        Assert.True(ReadsIl(study, "--jobs", "1"));
        Assert.False(ReadsIl(study, "--jobs", "2"));
        File.SetLastWriteTimeUtc(Path.Combine(study.Program, "Host.dll"), DateTime.UtcNow.AddDays(-1));
        Assert.True(ReadsIl(study, "--jobs", "3"));
    }

    [Fact]
    public void NullRun_OtherTargetOfThePureProgram_JudgedByItsOwnCode()
    {
        const string Impure = """
            [TaskName("Other")] public sealed class Other : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) =>
                    steps.Step("echo").Tool("echo").Run("echo", File.Exists("two") ? "two" : "one").OutputTo("out").Output("out");
            }
            """;
        using var study = new StudyHost(Main + Context + Copying + Impure);
        study.Write("in.txt", "one");
        study.Settle();
        Assert.True(study.IsTold());

        study.Settle("--target=Other");
        Assert.False(study.IsTold("--target=Other"));
    }

    [Fact]
    public void NullRun_ProgramBuiltAnewWithImpureCode_NotRemembered()
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        study.Settle();
        Assert.True(study.IsTold());

        study.Compile("Host", Main + Context + Copying.Replace("md.Source(\"in.txt\")", "md.Source(File.Exists(\"two\") ? \"two\" : \"in.txt\")", StringComparison.Ordinal));
        study.Settle();
        Assert.False(study.IsTold());
    }

    [Theory]
    [InlineData("--verbosity=Quiet")]
    [InlineData("--progress=plain")]
    public void NullRun_OptionsOfTheTerminal_SameLastLine(string option)
    {
        using var study = new StudyHost(Main + Context + Copying);
        study.Write("in.txt", "one");
        Assert.Equal(0, study.Run().Code);
        var made = LastLine(study.Run(option).Output);

        Assert.Equal(made, LastLine(study.Run(option).Output));
    }

    [Theory]
    [InlineData("public override bool ShouldRun(Md md) => DateTime.Now.Year > 2000;", "")]
    [InlineData("", ".UseLifetime<Life>()")]
    public void NullRun_CodeThatRunsEachTime_NotRemembered(string task, string host)
    {
        const string Life = "public sealed class Life : FrostingLifetime<Md> { public override void Setup(Md md, ISetupContext s) { } public override void Teardown(Md md, ITeardownContext t) { } }";
        using var study = new StudyHost(
            Main.Replace("UseContext<Md>()", "UseContext<Md>()" + host, StringComparison.Ordinal) + Context + Copying.Replace("public override void Define", task + " public override void Define", StringComparison.Ordinal) + Life);
        study.Write("in.txt", "one");
        study.Settle();

        Assert.False(study.IsTold());
    }

    [Fact]
    public void NullRun_PlainTaskInTheClosure_NotRemembered()
    {
        const string Plain = """
            [TaskName("Plain"), IsDependentOn(typeof(DefaultTask))] public sealed class Plain : FrostingTask<Md> { public override void Run(Md md) { } }
            """;
        using var study = new StudyHost(Main + Context + Copying + Plain);
        study.Write("in.txt", "one");
        study.Settle("--target=Plain");
        Assert.False(study.IsTold("--target=Plain"));
    }

    [Fact]
    public void NullRun_WhatTheRunDependsOnChanges_Noticed()
    {
        const string Parametric = """
            public sealed class Md : ScaleMsContext
            {
                public Md(ICakeContext context) : base(context, home: "") => Name = Parameters.Text("name", "x");
                public string Name { get; }
            }

            """;
        const string Study = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    var rows = md.ReadLines(md.Source("table.txt"));
                    var name = md.Name + md.Env("GMX_BIN") + md.Exists(md.Source("extra.txt"));
                    steps.Step("copy").Input("in", md.Source("in.txt")).Tool("tool").Run("tool", "in", name, rows[0]).OutputTo("out").Output("out", publish: "results/out.txt");
                }
            }
            """;
        using var study = new StudyHost(Main + Parametric + Study);
        var path = $"{study.PathOf("early")}:{study.PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        (string, string?)[] usual = [("PATH", path)];
        Directory.CreateDirectory(study.PathOf("early"));
        Directory.CreateDirectory(study.PathOf("bin"));
        study.Write("in.txt", "one");
        study.Write("table.txt", "row");
        study.Write("config.json", """{ "name": "y" }""");
        Shell(study, "printf '#!/bin/sh\necho $@\n' > bin/tool-1; sed s/echo/printf/ bin/tool-1 > bin/tool-2; chmod +x bin/tool-*; ln -s tool-1 bin/tool");
        void Noticed(string command, params string[] back)
        {
            Shell(study, command);
            Assert.False(study.IsTold(usual, "--config=config.json"), command);
            Array.ForEach(back, undo => Shell(study, undo));
            study.Settle(usual, "--config=config.json");
        }

        study.Settle(usual, "--config=config.json");
        Assert.True(study.IsTold(usual, "--config=config.json"));
        Noticed("ln -sf tool-2 bin/tool");
        Noticed("cp -L bin/tool early/tool", "rm early/tool");
        Noticed("touch -r in.txt t; printf two > in.txt; touch -r t in.txt");
        Noticed("printf other > table.txt; printf '{ \"name\": \"z\" }' > config.json");
        Noticed("touch extra.txt");
        Noticed("rm extra.txt");
        Noticed("rm results/out.txt");

        Assert.False(study.IsTold([.. usual, ("SCALEMS_NAME", "z")], "--config=config.json"));
        Assert.False(study.IsTold([.. usual, ("GMX_BIN", "gmx")], "--config=config.json"));
        Assert.False(study.IsTold([.. usual, ("LC_ALL", "tr_TR.UTF-8")], "--config=config.json"));
        Assert.True(study.IsTold([.. usual, ("COLUMNS", "17"), ("TERM", "vt100")], "--config=config.json"));
        Assert.False(study.IsTold(usual));
    }

    /// <summary>Whether a run reads IL: the runtime lists each method that it compiles.</summary>
    private static bool ReadsIl(StudyHost study, params string[] arguments)
    {
        var list = study.PathOf("compiled");
        (string, string?)[] listing = [("DOTNET_JitStdOutFile", list), ("DOTNET_JitDisasmSummary", "1")];
        study.Settle(listing, arguments);
        var compiled = File.ReadAllText(list);
        File.Delete(list);
        Assert.Contains("NullRunCandidate", compiled, StringComparison.Ordinal);
        return compiled.Contains("ScaleMs.Engine.Functions.ReachedCode", StringComparison.Ordinal);
    }

    private static void Shell(StudyHost study, string command)
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = study.Workspace })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static string LastLine(string output) => System.Text.RegularExpressions.Regex.Replace(output.Trim().Split('\n')[^1], @"[\d.]+ (ms|s)\b", "#");
}
