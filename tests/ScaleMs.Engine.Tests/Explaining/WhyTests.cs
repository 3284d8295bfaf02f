using ScaleMs.Core.Faults;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Tests.Functions;
using ScaleMs.Reporting;
using Xunit;

namespace ScaleMs.Engine.Tests.Explaining;

/// <summary>What <c>--why</c> says, a case for each cause: real runs, an edit, and the sentence.</summary>
public sealed class WhyTests : IDisposable
{
    private readonly TestStudy _study = new();

    public WhyTests()
    {
        _study.Write("in.txt", "one\n");
        _study.Write("prod.mdp", "; production\nnsteps = 50000\nref-t = @Temperature@\n");
    }

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Why_ParameterChanged_NamesValueAndReader() =>
        Told("t/md", With(step => step.Parameter("cutoff", 1.0)), With(step => step.Parameter("cutoff", 1.2)), "cutoff: 1 → 1.2, read by t/md");

    [Fact]
    public void Why_ValueOfTemplateChanged_NamesItAndTheFile() =>
        Told("t/md", Templated(300), Templated(310), "Temperature 300 → 310 in prod.mdp, read by t/md");

    [Fact]
    public void Why_LineOfTemplateEdited_NamesTheSetting() =>
        Told("t/md", Templated(300), Edited("prod.mdp", "nsteps = 100000\nref-t = @Temperature@\n", Templated(300)), "nsteps 50000 → 100000 in prod.mdp, read by t/md");

    [Fact]
    public void Why_LineOfTextSourceEdited_NamesTheSetting()
    {
        var text = With(step => step.Input("run.mdp", new SourceFile("prod.mdp"), ContentIdentity.Text));
        Told("t/md", text, Edited("prod.mdp", "; production\nnsteps = 100000\nref-t = @Temperature@\nextra\n", text), "nsteps 50000 → 100000 in prod.mdp, read by t/md", "'extra' is new in prod.mdp");
    }

    [Fact]
    public void Why_SourceEdited_NamesDigestsAndSizes()
    {
        var source = With(step => step.Input("start.txt", new SourceFile("in.txt")));
        Told("t/md", source, Edited("in.txt", "three\n", source), "input start.txt changed from in.txt (2c8b08da5ce6 → f69369121844, 4 B → 6 B), read by t/md", "against its record of run ");
    }

    [Fact]
    public void Why_DeclaredVariableChanged_NamesIt() =>
        Told("t/md", With(step => step.Environment("OMP", "1")), With(step => step.Environment("OMP", "2")), "environment variable OMP: 1 → 2, read by t/md");

    [Fact]
    public void Why_VariablePassedThrough_IsNamedAsNotInTheKey() =>
        Told("t/md", With(step => step.Pass("HOME")), With(step => step.Pass("HOME")), "up to date since run ", "passed through from the caller and not in the key: HOME");

    [Fact]
    public void Why_ToolHasAnotherVersion_NamesItsLine()
    {
        Tool("2024.4");
        var used = With(step => step.Tool(ToolSpec.Versioned("gmx", [_study.PathOf("gmx")], ["--version"], ["GROMACS version:"])));
        Told("t/md", used, steps =>
        {
            Tool("2025.1");
            used(steps);
        }, "tool gmx, GROMACS version: 2024.4 → 2025.1, read by t/md");
    }

    [Fact]
    public void Why_CalleeOfAFunctionChanged_NamesItAndTheReader()
    {
        using var before = Called("3");
        using var now = Called("4");
        Told("t/weigh", Calling(before), Calling(now), "t/weigh: will run", "code of Weighing.Weight changed", "read by t/weigh");
    }

    [Fact]
    public void Why_OutputDeclared_SaysThatItIsNew() =>
        Told("t/md", With(step => step), With(step => step.Output("log.txt")), "declaration of output log.txt is new, read by t/md");

    [Fact]
    public void Why_ArgumentChanged_NamesIt() => Told(
        "t/md", steps => steps.Step("md").Tool("sh").Run("sh", "-c", "echo 1 > out.txt").Output("out.txt"),
        steps => steps.Step("md").Tool("sh").Run("sh", "-c", "echo 2 > out.txt").Output("out.txt"), "-c of sh: echo 1 > out.txt → echo 2 > out.txt, read by t/md");

    [Fact]
    public void Why_PublishedOutputGone_NamesIt() => Told("t/md", Published, steps =>
    {
        _study.Delete("out.txt");
        Published(steps);
    }, "will be restored", "output out.txt is missing", "its record was made by t/md in run ");

    [Fact]
    public void Why_PublishedOutputEdited_NamesIt() => Told("t/md", Published, steps =>
    {
        _study.Write("out.txt", "mine\n");
        Published(steps);
    }, "output out.txt was edited");

    [Fact]
    public void Why_BytesGone_NamesTheOutput() => Told("t/md", Published, steps =>
    {
        _study.Delete("out.txt");
        _study.Delete(".scalems/blobs/sha256");
        Published(steps);
    }, "t/md: will run", "output out.txt is needed and its bytes are gone");

    [Fact]
    public void Why_BytesThatAConsumerNeedsAreGone_NamesTheConsumerAndItsCause() => Told("t/prepare", Chain("1"), steps =>
    {
        _study.Delete(".scalems/blobs/sha256");
        Chain("1", scale: "2")(steps);
    }, "t/prepare: will run", "t/simulate needs out.txt and its bytes are gone", "← t/simulate runs", "← scale: 1 → 2, read by t/simulate");

    [Fact]
    public void Why_ChangeThreeStepsUp_IsFollowedToItsValue() => Told(
        "t/analyse", Chain("1"), Chain("2"), "t/analyse: may run", "t/simulate may run", "← t/prepare runs first", "← environment variable SEED: 1 → 2, read by t/prepare", "← against its record of run ");

    [Fact]
    public void Why_WeeksAfterAChangeThreeStepsUp_IsFollowedThroughTheRecords()
    {
        _study.Run(Chain("1"));
        _study.Run(Chain("2"));
        var told = Why("t/analyse", Chain("2"));
        Inside(told, "t/analyse: up to date since run ", "input in.txt changed from t/simulate (", "← input in.txt changed from t/prepare", "← environment variable SEED: 1 → 2, read by t/prepare");
    }

    [Fact]
    public void Why_UpToDate_NamesRunKeyAndOutputs() => Told("t/md", Published, Published, "t/md: up to date since run ", "its key ", "out.txt holds the recorded bytes");

    [Fact]
    public void Why_NeverRan_SaysSo() => Told("t/other", Published, steps =>
    {
        Published(steps);
        steps.Shell("other", "echo 1 > other.txt").Output("other.txt");
    }, "t/other: will run", "never ran");

    [Fact]
    public void Why_WorkOfFormerValue_IsRestoredFromItsRun()
    {
        _study.Run(Templated(300));
        _study.Run(Templated(310));
        Inside(Why("t/md", Templated(300)), "will be restored", "this work was done in run ");
    }

    [Fact]
    public void Why_ProducerDoesNotRepeat_SaysSo()
    {
        void Draw(StepBuilder steps, string factor)
        {
            var draw = steps.Shell("draw", "date +%N > out.txt").Output("out.txt");
            steps.Shell("use", "cat in.txt > used.txt").Input("in.txt", draw.File("out.txt")).Parameter("factor", factor).Output("used.txt");
        }

        _study.Run(steps => Draw(steps, "1"));
        _study.Delete(".scalems/blobs/sha256");
        _study.Run(steps => Draw(steps, "2"));
        Inside(Why("t/use", steps => Draw(steps, "2")), "input in.txt changed from t/draw", "← nondeterministic producer: t/draw was made again in run ");
    }

    [Fact]
    public void Why_PatternOfATask_ExplainsAllItsSteps()
    {
        _study.Run(Chain("1"));
        Assert.Equal(3, _study.Run(Chain("1"), request => request with { Explain = ["t"] }).Explanations.Count);
        Assert.Equal(2, _study.Run(Chain("1"), request => request with { Explain = ["t/*e"] }).Explanations.Count(told => told.Step.Step != "simulate"));
    }

    [Fact]
    public void Why_UnknownStep_IsAFaultWithTheNearestName()
    {
        var fault = Assert.Single(Assert.Throws<FaultException>(() => _study.Run(Chain("1"), request => request with { Explain = ["t/analyze"] })).Faults);
        Assert.Equal(("SMS2006", FaultKind.Usage, "use 't/analyse'"), (fault.Code, fault.Kind, fault.Try));
        Assert.False(_study.Exists(".scalems"));
    }

    [Fact]
    public void Why_Asked_ExecutesNothing()
    {
        Why("t/analyse", Chain("1"));
        Assert.Equal(string.Empty, _study.Ran);
        _study.Run(Chain("1"));
        Assert.Equal("t/analyse t/prepare t/simulate", _study.Of(Outcome.Executed));
    }

    private static Variant Called(string weight) => new Variant().Knowing(typeof(Step)).With("WeighingStudy", $$"""
        using ScaleMs;
        public static class Weighing
        {
            public static void Run(StepFiles files) => files.WriteText("out.txt", Weight().ToString());
            private static int Weight() => {{weight}};
        }
        """);

    private static Action<StepBuilder> Calling(Variant variant) => steps =>
        steps.Step("weigh").Call(variant.Method("Weighing", "Run", "WeighingStudy").CreateDelegate<Action<StepFiles>>()).Output("out.txt");

    private static Action<StepBuilder> With(Func<Step, Step> more) => steps => more(steps.Shell("md", "echo 1 > out.txt; echo 2 > log.txt").Output("out.txt"));

    private static Action<StepBuilder> Templated(int temperature) => With(step => step.Template("run.mdp", new SourceFile("prod.mdp"), new { Temperature = temperature }));

    private Action<StepBuilder> Edited(string file, string text, Action<StepBuilder> define) => steps =>
    {
        _study.Write(file, text);
        define(steps);
    };

    private static void Published(StepBuilder steps) => steps.Shell("md", "echo 1 > out.txt").Output("out.txt", publish: "out.txt");

    private static Action<StepBuilder> Chain(string seed, string scale = "1") => steps =>
    {
        var prepare = steps.Shell("prepare", "echo $SEED > out.txt").Environment("SEED", seed).Output("out.txt");
        var simulate = steps.Shell("simulate", "cat in.txt > out.txt").Input("in.txt", prepare.File("out.txt")).Parameter("scale", scale).Output("out.txt");
        steps.Shell("analyse", "sed s/^/x/ in.txt > out.txt").Input("in.txt", simulate.File("out.txt")).Output("out.txt", publish: "out.txt");
    };

    private void Tool(string version)
    {
        _study.Write("gmx", $"#!/bin/sh\necho 'GROMACS version: {version}'\n");
        File.SetUnixFileMode(_study.PathOf("gmx"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Told(string step, Action<StepBuilder> before, Action<StepBuilder> now, params string[] parts)
    {
        _study.Run(before);
        Inside(Why(step, now), parts);
    }

    private string Why(string step, Action<StepBuilder> define) =>
        string.Join('\n', _study.Run(define, request => request with { Explain = [step] }).Explanations.SelectMany(ExplanationText.Lines));

    private static void Inside(string told, params string[] parts) => Assert.All(parts, part => Assert.Contains(part, told, StringComparison.Ordinal));
}
