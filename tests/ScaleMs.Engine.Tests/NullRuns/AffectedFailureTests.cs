using Xunit;

namespace ScaleMs.Engine.Tests.NullRuns;

/// <summary>Real hosts: where a step fails, a run of what an edit reaches executes and tells what the run in full would.</summary>
public sealed class AffectedFailureTests
{
    [Fact]
    public void AffectedRun_StepFails_EndsAsARunInFullAndLosesNothing()
    {
        const string Checking = """
            [TaskName("Default")] public sealed class DefaultTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md)
                {
                    var check = steps.Step("check").Input("in", md.Source("in.txt")).Tool("grep").Run("grep", "good", "in").OutputTo("out").Output("out", publish: "check.out");
                    steps.Step("copy").Input("in", check.File("out")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "copy.out");
                    steps.Step("beside").Input("in", md.Source("beside.txt")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "beside.out");
                }
            }
            """;
        (StudyHost Study, string Output) Failed(bool isInFull)
        {
            var study = new StudyHost(AffectedRunTests.Host + Checking);
            study.Write("in.txt", "good");
            study.Write("beside.txt", "beside");
            study.Settle();
            if (isInFull)
            {
                Array.ForEach(Directory.GetFiles(study.PathOf(".scalems/null-runs"), "*.steps"), File.Delete);
            }

            study.Write("in.txt", "bad");
            var (code, output) = study.Run();
            Assert.Equal(1, code);
            return (study, AffectedRunTests.Normal(output, study));
        }

        var (part, told) = Failed(isInFull: false);
        var (full, toldInFull) = Failed(isInFull: true);
        using var ended = part;
        using var endedInFull = full;

        Assert.Equal(toldInFull, told);
        part.Write("in.txt", "good again");
        Assert.Contains("2 executed, 1 up to date", part.Run().Output, StringComparison.Ordinal);
        Assert.Equal("good again\n", File.ReadAllText(part.PathOf("copy.out")));
    }

    [Theory]
    [InlineData("early", true)]
    [InlineData("apart", false)]
    public void AffectedRun_WhatItReadsOfStandsBesideAFailure_WaitsForItAsInFull(string read, bool isExecuted)
    {
        // A step that reads of a task waits for what it reads; one that does not waits for the task's end.
        var study = $$"""
            [TaskName("First")] public sealed class FirstTask : StepTask<Md>
            {
                public Artifact Early { get; private set; } = null!;
                public override void Define(StepBuilder steps, Md md)
                {
                    var early = steps.Step("early").Input("in", md.Source("early.txt")).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "early.out");
                    Early = early.File("out");
                    steps.Step("check").Input("in", md.Source("in.txt")).Tool("grep").Run("grep", "good", "in").OutputTo("out").Output("out", publish: "check.out");
                }
            }

            [TaskName("Second"), IsDependentOn(typeof(FirstTask))] public sealed class SecondTask(FirstTask first) : StepTask<Md>
            {
                public Artifact Read { get; private set; } = null!;
                public override void Define(StepBuilder steps, Md md)
                {
                    var step = steps.Step("read").Input("in", {{(read == "early" ? "first.Early" : "md.Source(\"apart.txt\")")}}).Tool("cat").Run("cat", "in").OutputTo("out").Output("out", publish: "read.out");
                    Read = step.File("out");
                }
            }

            [TaskName("Default")] public sealed class DefaultTask(SecondTask second) : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md md) =>
                    steps.Step("last").Input("a", second.Read).Input("b", md.Source("last.txt")).Tool("cat").Run("cat", "a", "b").OutputTo("out").Output("out", publish: "last.out");
            }
            """;
        bool Executed(bool isInFull)
        {
            using var host = new StudyHost(AffectedRunTests.Host + study);
            Array.ForEach(["early", "apart", "last"], name => host.Write(name + ".txt", name));
            host.Write("in.txt", "good");
            host.Settle("--keep-going");
            if (isInFull)
            {
                Array.ForEach(Directory.GetFiles(host.PathOf(".scalems/null-runs"), "*.steps"), File.Delete);
            }

            host.Write("in.txt", "bad");
            host.Write("last.txt", "edited");
            var (code, output) = host.Run("--keep-going");
            Assert.True(code == 1, output);
            return output.Contains("1 executed", StringComparison.Ordinal);
        }

        Assert.Equal((isExecuted, isExecuted), (Executed(isInFull: true), Executed(isInFull: false)));
    }
}
