using ScaleMs.Core.Digests;
using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>A random workflow, random edits, and after each run a comparison of the engine with the reference.</summary>
internal sealed partial class Scenario
{
    private readonly Choices _choices;
    private readonly RandomWorkflow _workflow = new();
    private readonly SimulatedHost _host;
    private readonly ReferenceEvaluator _reference;
    private (IReadOnlyList<Look> Looks, string Definition)? _nullRun;
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private readonly List<string> _told;

    /// <param name="numbers">What is chosen.</param>
    /// <param name="told">Takes what happens, for people.</param>
    public Scenario(int[] numbers, List<string> told)
    {
        (_choices, _told) = (new Choices(numbers), told);
        _host = new SimulatedHost(_choices.Of<TimeSpan?>([null, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)]));
        _host.Launcher.Script = Act;
        _reference = new ReferenceEvaluator(
            (step, files) => RandomWorkflow.Work(((Operation.Commands)step.Operation).List[0].Display, files, step.Outputs.Select(output => output.Path.Value)),
            TextAt,
            text => _host.Store.HasBlob(Digest.OfText(text)) || IsPublishedSomewhere(text));
    }

    /// <summary>What a growth's steps make nobody else makes, so that only twins are looked for.</summary>
    private bool IsPublishedSomewhere(string text) => _workflow.Definition.Steps.SelectMany(step => step.Outputs)
        .Any(output => output.PublishTo is { } path && (TextAt(path.Value) == text || (output.IsTree && FilesIn(path.Value).Any(file => TextAt(file) == text))));

    private IEnumerable<string> FilesIn(string folder) => _host.Disk.Files(SimulatedHost.PathOf(folder)).Select(file => file[(SimulatedHost.Workspace.Length + 1)..]);

    public void Play()
    {
        for (var i = 0; i < RandomWorkflow.Sources; i++)
        {
            _host.Disk.Write(SimulatedHost.PathOf(RandomWorkflow.SourceName(i)), $"{i}\n");
        }

        for (var nodes = 1 + _choices.Next(8); nodes > 0; nodes--)
        {
            _workflow.Add(_choices);
        }

        for (var growths = _choices.Next(3); growths > 0; growths--)
        {
            _workflow.AddGrowth(_choices);
        }

        _told.AddRange(_workflow.Nodes.Select(node => $"{node with { Links = [] }} {string.Join(' ', node.Links)}"));
        _told.AddRange(_workflow.Growths.Select(growth => $"{growth with { Links = [] }} {string.Join(' ', growth.Links)}"));
        for (var rounds = 0; rounds == 0 || (rounds < 8 && _choices.AreLeft); rounds++)
        {
            _host.Capacity = new Resources(1 + _choices.Next(4));
            for (var edits = rounds == 0 ? 0 : 1 + _choices.Next(3); edits > 0; edits--)
            {
                Edit();
            }

            RunDisturbed();
            RunWhole();
            RunNothing();
            _workflow.Settle();
        }
    }

    private ScriptedEnd Act(ScriptedStep step)
    {
        var command = step.Commands[0];
        foreach (var (name, text) in RandomWorkflow.Work(command, step.Files.Select(file => KeyValuePair.Create(file, step.Read(file))), step.Outputs))
        {
            step.Write(name, text);
        }

        return LosesItsNode(command) ? Lost : _failing.Contains(command) ? ScriptedEnd.Fails() : ScriptedEnd.After(1 + step.Outputs.Count);
    }

    /// <summary>A run that fails, crashes or is interrupted somewhere, or none.</summary>
    private void RunDisturbed()
    {
        switch (_choices.Next(6))
        {
            case 1:
                RunFailing();
                _failing.Clear();
                break;
            case 2:
                RunCutShort(new SimulatedRunOptions { CrashAtChange = 1 + _choices.Next(80) });
                break;
            case 3:
                RunCutShort(new SimulatedRunOptions { CrashAfter = TimeSpan.FromMilliseconds(_choices.Next(9000)) });
                break;
            case 4:
                RunCutShort(new SimulatedRunOptions { InterruptAfter = TimeSpan.FromMilliseconds(_choices.Next(9000)) });
                break;
            case 5:
                RunShaky();
                break;
        }
    }

    private void RunFailing()
    {
        var most = _reference.Evaluate(_workflow.Definition);
        _failing.UnionWith(most.Steps.Where(_ => _choices.Next(4) == 1).Select(CommandOf));
        var failing = most.Steps.Where(step => _failing.Contains(CommandOf(step)) && most.Runs.Contains(most.Works[step.Id])).Select(step => step.Id).ToHashSet();
        var least = _reference.Evaluate(_workflow.Definition, step => failing.Contains(step.Id));
        var isKeptGoing = _choices.Next(2) == 1;
        var (run, launched) = Run("fails", new SimulatedRunOptions { KeepGoing = isKeptGoing });
        var executed = run.Of(Outcome.Executed);
        Assert.Subset(most.Runs.ToHashSet(), launched.Select(id => most.Works[id]).ToHashSet());
        Assert.DoesNotContain(executed, failing.Contains);
        if (isKeptGoing)
        {
            Assert.Subset(executed.Select(id => most.Works[id]).ToHashSet(), least.Certain.ToHashSet());
        }

        Learn(most, executed);
    }

    /// <summary>A crash or an interruption loses at most what was running.</summary>
    private void RunCutShort(SimulatedRunOptions options)
    {
        var expected = _reference.Evaluate(_workflow.Definition);
        var records = _host.Store.Journal.Count;
        var (run, launched) = Run("is cut short", options);
        Assert.Subset(expected.Runs.ToHashSet(), launched.Select(id => expected.Works[id]).ToHashSet());
        var executed = run.Of(Outcome.Executed);
        var recorded = _host.Store.Journal.Skip(records).OfType<ActionResult>().Select(result => result.Step).ToHashSet();
        Assert.Subset(recorded, executed.ToHashSet());
        Assert.True(launched.Count - executed.Count <= _host.Capacity.Cpus + 1, "more was lost than what ran");
        Learn(expected, recorded);
    }

    private void RunWhole()
    {
        var expected = _reference.Evaluate(_workflow.Definition);
        var looksTheSame = LooksAsInTheLastNullRun();
        var (run, launched) = Run("runs", new SimulatedRunOptions { KeepGoing = _choices.Next(2) == 1 });
        Assert.Equal("done", run.Report!.Summary.Outcome);
        AssertRan(expected, launched);
        Assert.Equal(launched.Order(Comparer<StepId>.Default), run.Of(Outcome.Executed));
        Assert.False(looksTheSame && run.Report.Summary.Counts.UpToDate != expected.Steps.Count, "a host would have taken it for a null run");
        Learn(expected, launched);
        AssertPublished(expected);
        AssertDropped(expected);
    }

    private void RunNothing()
    {
        var expected = _reference.Evaluate(_workflow.Definition);
        var (run, launched) = Run("runs again", null);
        AssertRan(expected, launched);
        Assert.True(launched.Count == 0 || expected.Steps.Any(step => step.IsAlways), "something ran, though nothing runs always");
        Assert.Equal(expected.Steps.Count - launched.Count, run.Report!.Summary.Counts.UpToDate);
        Assert.True(launched.Count == 0 || run.Report.Looks is null, "a host would not let steps run that always do");
        // What follows from a step that runs always is unknown until it did.
        Assert.True(launched.Count > 0 || run.Report.Open.Count == 0, "something is unknown, though nothing ran");
        _nullRun = run.Report.Looks is { } looks ? (looks.ToList(), Written()) : null;
    }

    /// <summary>All ran that had to, each once, and nothing else but what began before other work had made the same bytes.</summary>
    private void AssertRan(ReferenceResult expected, IReadOnlyList<StepId> launched)
    {
        var launches = _host.Launcher.Launches.TakeLast(launched.Count).Where(launch => !IsLost(launch)).Select(launch => (launch.StartedAt, launch.EndedAt, Work: expected.Works[launch.Step])).ToList();
        var inTime = launches.Where(launch => expected.Runs.Contains(launch.Work) && expected.Made[launch.Work].Values.Any(text => !IsMadeBefore(launch.StartedAt, text)));
        Assert.Equal(Sorted(expected.Certain.Union(inTime.Select(launch => launch.Work))), Sorted(launches.Select(launch => launch.Work)));

        bool IsMadeBefore(DateTimeOffset time, string text) => launches.Exists(other => other.EndedAt < time && expected.Made[other.Work].Values.Contains(text));
    }

    /// <summary>Whether a host that remembers its last null run would see no difference.</summary>
    private bool LooksAsInTheLastNullRun() => _nullRun is { } last && last.Definition == Written() &&
        last.Looks.All(look => _host.Disk.Stat(SimulatedHost.PathOf(look.Path), look.FollowsLinks) == look.Found);

    private string Written() => string.Join('\n', [
        .. _workflow.Definition.Steps.Select(step => $"{step.Id} {CommandOf(step)} {string.Join(' ', step.Inputs)} {string.Join(' ', step.Outputs)} {step.IsAlways}"),
        .. _workflow.Growths.Select(growth => $"{growth with { Links = [] }} {string.Join(' ', growth.Links)}")]);

    private (SimulatedRun Run, IReadOnlyList<StepId> Launched) Run(string what, SimulatedRunOptions? options)
    {
        _nullRun = null;
        var before = _host.Launcher.Launches.Count;
        var run = _host.Run(_workflow.Definition, options);
        var launches = _host.Launcher.Launches.Skip(before).ToList();
        var launched = launches.ConvertAll(launch => launch.Step);
        _told.Add($"{what}{(run.HasCrashed ? " and crashes" : "")}: {string.Join(' ', launched)}");
        _told.AddRange(run.Results.Select(result => $"    {result.Id} {result.Outcome} ({result.Reason.Text}) {result.Failure?.Message}"));
        Assert.Distinct(launches.Where(launch => !IsLost(launch)).Select(launch => launch.Step));
        return (run, launched);
    }

    private void Learn(ReferenceResult result, IEnumerable<StepId> steps)
    {
        foreach (var step in steps)
        {
            _reference.Learn(result, step);
        }
    }

    private void AssertPublished(ReferenceResult expected)
    {
        var wanted = expected.Steps
            .SelectMany(step => step.Outputs.Where(output => output.PublishTo is not null).SelectMany(output => PublishedOf(output, expected.Made[expected.Works[step.Id]])))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
        var found = FilesIn("out").Select(path => (path, TextAt(path)!));
        Assert.Equal(wanted, found.OrderBy(file => file.path, StringComparer.Ordinal));
    }

    private static IEnumerable<(string Path, string Text)> PublishedOf(Output output, IReadOnlyDictionary<string, string> made) =>
        ReferenceEvaluator.FilesOf(output, made).Select(file => (output.PublishTo!.Value + file[output.Path.Value.Length..], made[file]));

    /// <summary>At the end of a good run the store holds no bytes that only outputs name which gave them up.</summary>
    private void AssertDropped(ReferenceResult expected)
    {
        var state = Recorded();
        var results = state.Steps.Values.Select(step => (step.Step, Result: state.Results[step.Key])).ToDictionary(step => step.Step, step => step.Result);
        var read = expected.Steps.SelectMany(step => step.Inputs).Select(input => input.Source).OfType<InputSource.StepOutput>().ToHashSet();
        var told = _workflow.Growths.Select(growth => _workflow.Content(growth.From)).ToHashSet();
        var gone = expected.Steps.SelectMany(step => step.Outputs.Where(output => IsGivenUp(step, output)).SelectMany(output => results[step.Id].RecordsOf(output)).Select(record => (step.Id, record.Path))).ToHashSet();
        var needed = results.SelectMany(step => step.Value.Outputs.Where(output => !gone.Contains((step.Key, output.Path))).Select(output => output.Bytes).Append(step.Value.Log)).ToHashSet();
        Assert.DoesNotContain(gone.Select(output => results[output.Id].OutputAt(output.Path).Bytes), bytes => !needed.Contains(bytes) && _host.Store.HasBlob(bytes));

        // What the definition goes on from is read by every run.
        bool IsTold(StepInstance step, Output output) => told.Contains(new InputSource.StepOutput(step.Id, output.Path)) || step.Id.Member.StartsWith("round=", StringComparison.Ordinal);

        bool IsGivenUp(StepInstance step, Output output) => output.Store == StoreAs.InPlace || (!IsTold(step, output) &&
            (output.Keep == Keep.Never || (output.Keep == Keep.UntilConsumed && read.Contains(new InputSource.StepOutput(step.Id, output.Path)))));
    }

    private StoreState Recorded()
    {
        var state = new StoreState();
        _host.Store.Journal.ToList().ForEach(state.Apply);
        return state;
    }

    private string? TextAt(string path) => _host.Disk.Stat(SimulatedHost.PathOf(path)) is not { IsFile: true } ? null : _host.Disk.ReadText(SimulatedHost.PathOf(path));

    private static string CommandOf(StepInstance step) => ((Operation.Commands)step.Operation).List[0].Display;

    private static List<string> Sorted(IEnumerable<string> works) => [.. works.Order(StringComparer.Ordinal)];
}
