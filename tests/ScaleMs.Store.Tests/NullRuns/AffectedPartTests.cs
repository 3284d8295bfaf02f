using ScaleMs.Core.Graph;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Tests.Support;

namespace ScaleMs.Store.Tests.NullRuns;

/// <summary>What edits reach is told from the definition that was kept; where that is in doubt, nothing is told.</summary>
public sealed class AffectedPartTests : IDisposable
{
    private readonly Affected _run = new(("first", ["a"]), ("second", ["b"]), ("join", ["first", "second"]), ("beside", ["c", "second"]));

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("a", "first join", "second")]
    [InlineData("b", "second join beside", "first")]
    [InlineData("c", "beside", "second")]
    [InlineData("join", "join", "first second")]
    [InlineData("first", "first join", "second")]
    public void Affected_FileEdited_WhatItReachesAndWhatThatReads(string edited, string reached, string read)
    {
        _run.Keep().Workspace.Write(edited, "edited!");

        var part = _run.Part()!.Definition;

        Assert.Equal(reached.Split(' ').Concat(read.Split(' ')).Order(), part.Steps.Select(step => step.Id.Step).Order());
        Assert.Equal(read.Split(' ').Order(), part.Settled!.Read.Keys.Select(step => step.Step).Order());
        Assert.All(part.Steps.Where(step => part.Settled.Read.ContainsKey(step.Id)), step => Assert.Empty(step.Inputs));
        Assert.Empty(WorkflowGraph.Build(part).Faults);
    }

    [Fact]
    public void Affected_NothingEdited_TheRunHolds()
    {
        _run.Keep();

        Assert.True(_run.Find()!.Holds);
    }

    [Fact]
    public void Affected_WhatNoStepReadsEdited_Nothing()
    {
        _run.Keep().Workspace.Write("table", "edited!");
        _run.Workspace.Write("a", "edited!");

        Assert.False(_run.Find()!.Holds);
        Assert.Null(_run.Part());
    }

    public static TheoryData<string> NotToBeTakenApart => [.. Odd.Keys];

    private static Dictionary<string, Func<StepInstance, StepInstance>> Odd { get; } = new()
    {
        ["stochastic"] = step => step with { IsStochastic = true },
        ["always"] = step => step with { IsAlways = true },
        ["progress"] = step => step with { Progress = static () => throw new NotSupportedException() },
        ["function"] = step => step with { Operation = new Operation.Function("F", "F", "", [], []) },
        ["tree"] = step => step with { Outputs = [step.Outputs[0] with { Files = FilePattern.All }] },
        ["optional"] = step => step with { Outputs = [step.Outputs[0] with { IsOptional = true }] },
        ["dropped"] = step => step with { Outputs = [step.Outputs[0] with { Keep = Keep.UntilConsumed }] },
        ["in place"] = step => step with { Outputs = [step.Outputs[0] with { Store = StoreAs.InPlace }] },
        ["publishes what nobody looked at"] = step => step with { Outputs = [step.Outputs[0] with { PublishTo = ArtifactPath.Parse("elsewhere") }] },
    };

    [Theory]
    [MemberData(nameof(NotToBeTakenApart))]
    public void Affected_ReachesAStepThatOnlyARunInFullCanJudge_Nothing(string odd)
    {
        _run.Keep(With("join", Odd[odd])).Workspace.Write("a", "edited!");

        Assert.Null(_run.Part());
    }

    [Theory]
    [InlineData("stochastic", true)]
    [InlineData("progress", true)]
    [InlineData("function", true)]
    [InlineData("optional", false)]
    [InlineData("dropped", false)]
    [InlineData("in place", false)]
    public void Affected_ReadsOfSuchAStep_IfItsOutputsAreOrdinary(string odd, bool isTold)
    {
        _run.Keep(With("second", Odd[odd])).Workspace.Write("a", "edited!");

        Assert.Equal(isTold, _run.Part() is not null);
    }

    [Fact]
    public void Affected_ContinuationsOrPlainTasks_DefinitionIsNotKept()
    {
        _run.Keep(new WorkflowDefinition([new WorkflowTask("make", [], true)], _run.Steps, []));

        Assert.False(File.Exists(_run.Definition));
        Assert.True(_run.Find()!.Holds);
    }

    [Fact]
    public void Affected_DefinitionDamaged_Nothing()
    {
        _run.Keep().Workspace.Write("a", "edited!");
        var whole = File.ReadAllBytes(_run.Definition);
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[at] ^= 0x20;
            File.WriteAllBytes(_run.Definition, bytes);
            Assert.Null(_run.Part());
            File.WriteAllBytes(_run.Definition, whole[..at]);
            Assert.Null(_run.Part());
        }

        File.Delete(_run.Definition);
        Assert.Null(_run.Part());
        File.WriteAllBytes(_run.Definition, whole);
        Assert.NotNull(_run.Part());
    }

    [Fact]
    public void Affected_RandomGraphs_AsReachedByTheNaiveWay()
    {
        const int Seed = 5_771;
        var random = new Random(Seed);
        for (var round = 0; round < 60; round++)
        {
            var steps = Enumerable.Range(0, random.Next(1, 15)).Select(i => ($"n{i}", Reads(i, random))).ToArray();
            using var run = new Affected(steps).Keep();
            var edited = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(3) == 0 ? $"n{random.Next(steps.Length)}" : steps[random.Next(steps.Length)].Item2[0]).ToHashSet();
            foreach (var path in edited)
            {
                run.Workspace.Write(path, "edited!");
            }

            var part = run.Part()!.Definition;
            var reached = steps.Where(step => Reaches(step.Item1, steps, edited)).Select(step => step.Item1).ToHashSet();
            var told = part.Steps.Where(step => !part.Settled!.Read.ContainsKey(step.Id)).Select(step => step.Id.Step).ToHashSet();
            Assert.True(reached.SetEquals(told), $"seed {Seed}, round {round}: {string.Join(' ', reached.Order())} and not {string.Join(' ', told.Order())}");
            Assert.Empty(WorkflowGraph.Build(part).Faults);
        }
    }

    private static string[] Reads(int i, Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => i == 0 || random.Next(2) == 0 ? $"s{random.Next(6)}" : $"n{random.Next(i)}").Distinct()];

    private static bool Reaches(string step, (string Step, string[] Reads)[] steps, HashSet<string> edited) =>
        edited.Contains(step) || Array.Find(steps, known => known.Step == step).Reads is { } reads && Array.Exists(reads, read => edited.Contains(read) || Reaches(read, steps, edited));

    private WorkflowDefinition With(string name, Func<StepInstance, StepInstance> change) =>
        new([new WorkflowTask("make", [], false)], [.. _run.Steps.Select(step => step.Id.Step == name ? change(step) : step)], []);
}
