using ScaleMs.Core.Digests;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Documents;
using ScaleMs.Core.Planning.Selection;
using ScaleMs.Testing.Tests.Model;
using Xunit;

namespace ScaleMs.Testing.Tests.Planning;

/// <summary>A random workflow is run, edited and planned; something may happen; then the plan is applied, perhaps cut short and applied again.</summary>
internal sealed class AppliedPlan
{
    private readonly Choices _choices;
    private readonly RandomWorkflow _workflow = new();
    private readonly SimulatedHost _host = new();
    private readonly List<string> _told;
    private readonly HashSet<string> _lackedBytes = new(StringComparer.Ordinal);
    private bool _isDisturbed;
    private bool _isMoved;

    /// <param name="numbers">What is chosen.</param>
    /// <param name="told">Takes what happens, for people.</param>
    public AppliedPlan(int[] numbers, List<string> told)
    {
        (_choices, _told) = (new Choices(numbers), told);
        _host.Launcher.Script = Act;
    }

    public void Play()
    {
        for (var i = 0; i < RandomWorkflow.Sources; i++)
        {
            _host.Disk.Write(Source(i), $"{i}\n");
        }

        for (var nodes = 2 + _choices.Next(7); nodes > 0; nodes--)
        {
            _workflow.Add(_choices);
        }

        for (var growths = _choices.Next(3); growths > 0; growths--)
        {
            _workflow.AddGrowth(_choices);
        }

        for (var rounds = 0; rounds == 0 || (rounds < 5 && _choices.AreLeft); rounds++)
        {
            PlanAndApply();
        }
    }

    private void PlanAndApply()
    {
        Edit(_choices.Next(3));
        (_isDisturbed, _isMoved) = (false, false);
        var plan = Plan(Selection());
        Assert.Equal(Text(plan), Text(Plan(plan.Selection)));
        var before = DecidedOn(plan);
        Edit(_choices.Next(4) == 1 ? 1 + _choices.Next(2) : 0);
        _isMoved |= before != DecidedOn(plan);
        if (_choices.Next(4) == 1)
        {
            CutShort(plan);
        }

        Apply(plan);
    }

    private void Apply(PlanDocument plan)
    {
        var launches = _host.Launcher.Launches.Count;
        try
        {
            var run = _host.Run(_workflow.Definition, new SimulatedRunOptions { Approved = plan });
            var outcome = run.Report!.Summary.Outcome;
            _told.AddRange(run.Results.Select(result => $"    {result.Id} {result.Outcome} ({result.Reason.Text}) {result.Failure?.Message}"));
            Assert.False(_isMoved, "a source or the definition moved, and the plan was applied");
            AssertExecuted(plan, Launched(launches), isWhole: outcome == "done");
            Assert.True(outcome == "done" || _isDisturbed || plan.Steps.Any(step => step.Kind == PlanKind.Blocked || step.Kind == PlanKind.LeftOut), $"nothing was disturbed, and the run {outcome}");
        }
        catch (FaultException faults)
        {
            _told.Add($"refused: {faults.Message}");
            Assert.True(_isMoved || _isDisturbed, "nothing moved, and the plan was refused");
            Assert.Empty(Launched(launches));
        }
    }

    private void AssertExecuted(PlanDocument plan, List<string> launched, bool isWhole)
    {
        var mayRun = plan.Steps.Where(step => step.Runs).Select(step => step.Id).ToHashSet();
        var readers = isWhole ? launched : _host.Launcher.Steps.Keys.Select(id => id.ToString()).ToList();
        Assert.All(launched, id => Assert.True(mayRun.Contains(id) || IsUnnamed(id, plan) || IsMadeAgain(id, readers, plan), $"{id} was executed, and the plan does not let it"));
        if (isWhole && !_isDisturbed)
        {
            var works = _host.Launcher.Steps.ToDictionary(step => step.Key.ToString(), step => step.Value);
            var ran = launched.Select(id => WorkOf(works[id])).ToHashSet();
            Assert.All(plan.Steps.Where(step => step.Kind == PlanKind.Certain), step => Assert.Contains(WorkOf(works[step.Id]), ran));
        }
    }

    private bool IsUnnamed(string id, PlanDocument plan) => plan.Steps.All(step => step.Id != id) && IsOfOpenPart(id, plan);

    /// <summary>Whether bytes of a step were gone that the plan could not name a reader of.</summary>
    private bool IsMadeAgain(string id, List<string> readers, PlanDocument plan) => _lackedBytes.Contains(id) &&
        readers.Exists(reader => Reads(reader, id) && (IsUnnamed(reader, plan) || IsMadeAgain(reader, readers, plan)));

    private bool Reads(string reader, string id) =>
        _host.Launcher.Steps[StepId.Parse(reader)].Inputs.Any(input => input.Source is InputSource.StepOutput source && source.Step.ToString() == id);

    /// <summary>Whether a step follows from a content of which the plan says that it is unknown: that of a node, or of an earlier step of the same part.</summary>
    private bool IsOfOpenPart(string id, PlanDocument plan) => _workflow.Growths.Any(growth =>
        (StepId.Parse(id).Step == $"g{growth.Number}" || StepId.Parse(id).Step == $"g{growth.Number}-end") &&
        plan.Open.Any(open => open.Until == Until(growth) || open.Until.Contains($"/g{growth.Number}[", StringComparison.Ordinal)));

    private string Until(Growth growth)
    {
        var source = _workflow.Content(growth.From);
        return $"{source.Step} has made {source.Output}";
    }

    /// <summary>Equal work of two instances is executed once, for both.</summary>
    private static string WorkOf(StepInstance step) => string.Join(' ', ((Operation.Commands)step.Operation).List[0].Display, string.Join(' ', step.Outputs.Select(output => $"{output.Path} {output.Identity.Name}")));

    private void CutShort(PlanDocument plan)
    {
        try
        {
            var launches = _host.Launcher.Launches.Count;
            _host.Run(_workflow.Definition, new SimulatedRunOptions { Approved = plan, CrashAtChange = 1 + _choices.Next(60) });
            AssertExecuted(plan, Launched(launches), isWhole: false);
            _told.Add("cut short");
            _isDisturbed = true;
        }
        catch (FaultException)
        {
            Assert.True(_isMoved || _isDisturbed);
        }
    }

    private PlanDocument Plan(StepSelection selection)
    {
        var launches = _host.Launcher.Launches.Count;
        var report = _host.Run(_workflow.Definition, new SimulatedRunOptions { PlanOnly = true, Selection = selection }).Report!;
        Assert.Empty(Launched(launches));
        _told.Add($"plan {string.Join(' ', report.Plan.Where(step => step.Kind != PlanKind.UpToDate).Select(step => $"{step.Step.Id}:{step.Kind}"))} open {string.Join(' ', report.Document!.Open)}");
        return report.Document!;
    }

    private StepSelection Selection()
    {
        var node = new StepPattern(_choices.Of(_workflow.Definition.Steps.Select(step => step.Id.ToString()).ToList()));
        return _choices.Next(8) switch
        {
            1 => new StepSelection { Only = [node] },
            2 => new StepSelection { From = [node] },
            3 => new StepSelection { Skip = [node] },
            4 => new StepSelection { Rerun = [node] },
            _ => StepSelection.All,
        };
    }

    private void Edit(int edits)
    {
        for (; edits > 0; edits--)
        {
            _told.Add(_choices.Of<Func<string>>([EditSource, EditSource, ChangeArgument, AddStep, DeleteOutput, DeleteBlob, Run, Touch])());
        }
    }

    private string EditSource()
    {
        _host.Disk.Write(Source(_choices.Next(RandomWorkflow.Sources)), $"{_choices.Next(4)}\n");
        return "edit a source";
    }

    private string ChangeArgument()
    {
        _workflow.Change(_choices.Of(_workflow.Nodes), old => old with { Variant = _choices.Next(4) });
        return "change an argument";
    }

    private string AddStep()
    {
        _workflow.Add(_choices);
        return "add a step";
    }

    private string DeleteOutput() => Delete("out");

    private string DeleteBlob() => Delete(".scalems/blobs");

    private string Delete(string directory)
    {
        _isDisturbed = true;
        if (_host.Disk.Files(SimulatedHost.PathOf(directory)) is { Count: > 0 } files)
        {
            _host.Disk.Delete(_choices.Of(files));
        }

        return $"delete in {directory}";
    }

    private string Run()
    {
        _isDisturbed = true;
        _host.Run(_workflow.Definition);
        return "run";
    }

    private string Touch()
    {
        _host.Disk.Touch(Source(_choices.Next(RandomWorkflow.Sources)));
        return "touch a source";
    }

    private ScriptedEnd Act(ScriptedStep step)
    {
        var made = RandomWorkflow.Work(step.Commands[0], step.Files.Select(file => KeyValuePair.Create(file, step.Read(file))), step.Outputs);
        foreach (var (name, text) in made)
        {
            step.Write(name, text);
        }

        _lackedBytes.Remove($"{step.Id}");
        if (made.Values.Any(text => !_host.Store.HasBlob(Digest.OfText(text))))
        {
            _lackedBytes.Add($"{step.Id}");
        }

        return ScriptedEnd.After(1 + step.Outputs.Count);
    }

    /// <summary>What the sources hold that the plan knows of, and what is declared.</summary>
    private string DecidedOn(PlanDocument plan) => string.Join('\n', plan.Sources.Select(source => _host.Disk.ReadText(SimulatedHost.PathOf(source.Path)))) +
        string.Join('\n', _workflow.Definition.Steps.Select(step => $"{step.Id} {WorkOf(step)} {string.Join(' ', step.Inputs)}"));

    private List<string> Launched(int from) => _host.Launcher.Launches.Skip(from).Select(launch => launch.Step.ToString()).ToList();

    private static string Text(PlanDocument plan) => string.Join('\n', plan.Steps) + string.Join('\n', plan.Sources) + string.Join('\n', plan.Open);

    private static string Source(int source) => SimulatedHost.PathOf(RandomWorkflow.SourceName(source));
}
