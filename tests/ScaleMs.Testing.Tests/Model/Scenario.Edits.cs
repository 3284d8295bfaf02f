using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Testing.Tests.Model;

/// <content>What a user, or somebody else, does between two runs.</content>
internal sealed partial class Scenario
{
    private void Edit()
    {
        var kinds = new Func<string>[]
        {
            EditSource, ReplaceSource, TouchSource, DeleteOutput, EditOutput, DeleteBlob, EditBlob, ChangeArgument, AddStep, AddTwin, RemoveStep,
            PublishOrNot, KeepOtherwise, LetTimePass, AddGrowth, RemoveGrowth, RunAlwaysOrNot,
        };
        _told.Add(_choices.Of(kinds)());
    }

    private string EditSource()
    {
        var path = RandomSource();
        _host.Disk.Write(path, $"{_choices.Next(4)}\n");
        return $"edit {path} to {_host.Disk.ReadText(path).Trim()}";
    }

    private string ReplaceSource()
    {
        var path = RandomSource();
        _host.Disk.WriteText(path, $"# noted\n{_choices.Next(4)}\n");
        return $"replace {path}";
    }

    private string TouchSource()
    {
        var path = RandomSource();
        _host.Disk.Touch(path);
        return $"touch {path}";
    }

    private string DeleteOutput() => ForFile("out", "delete", _host.Disk.Delete);

    private string EditOutput() => ForFile("out", "edit", path => _host.Disk.Write(path, "edited by hand\n"));

    private string DeleteBlob() => ForFile(".scalems/blobs", "delete", _host.Disk.Delete);

    private string EditBlob() => ForFile(".scalems/blobs", "edit", path => _host.Disk.Write(path, "edited by hand\n"));

    private string ChangeArgument() => ForNode("change the argument of", node => _workflow.Change(node, old => old with { Variant = _choices.Next(4) }));

    private string AddTwin() => ForNode("add a twin of", _workflow.AddTwin);

    private string RemoveStep() => ForNode("remove", _workflow.Remove);

    private string PublishOrNot() => ForNode("publish, or no more,", _workflow.PublishOrNot);

    private string KeepOtherwise() => ForNode("keep otherwise the bytes of", node => _workflow.Change(node, old => old with { Keep = _choices.Of([Keep.Always, Keep.UntilConsumed, Keep.Never]), IsInPlace = !old.IsInPlace }));

    private string RunAlwaysOrNot() => ForNode("run always, or no more,", node => _workflow.Change(node, old => old with { IsAlways = !old.IsAlways }));

    private string AddStep()
    {
        _workflow.Add(_choices);
        return $"add s{_workflow.Nodes[^1].Number}";
    }

    private string AddGrowth()
    {
        _workflow.AddGrowth(_choices);
        return _workflow.Growths.Count > 0 ? $"add {_workflow.Growths[^1]}" : "nothing";
    }

    private string RemoveGrowth()
    {
        if (_workflow.Growths.Count == 0)
        {
            return "nothing";
        }

        var growth = _choices.Of(_workflow.Growths);
        _workflow.Remove(growth);
        return $"remove g{growth.Number}";
    }

    private string LetTimePass()
    {
        var seconds = _choices.Of([1, 60, 4000]);
        _host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return string.Create(CultureInfo.InvariantCulture, $"wait {seconds} s");
    }

    private string RandomSource() => SimulatedHost.PathOf(RandomWorkflow.SourceName(_choices.Next(RandomWorkflow.Sources)));

    private string ForFile(string directory, string what, Action<string> edit)
    {
        var files = _host.Disk.Files(SimulatedHost.PathOf(directory));
        if (files.Count == 0)
        {
            return "nothing";
        }

        var file = _choices.Of(files);
        edit(file);
        return $"{what} {file}";
    }

    private string ForNode(string what, Action<Node> edit)
    {
        if (_workflow.Nodes.Count == 0)
        {
            return "nothing";
        }

        var node = _choices.Of(_workflow.Nodes);
        edit(node);
        return $"{what} s{node.Number}";
    }
}
