using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Benchmarks.Measuring;
using ScaleMs.Benchmarks.Peers;
using ScaleMs.Benchmarks.Reporting;

namespace ScaleMs.Benchmarks.Scenarios;

/// <summary>One graph under all scenarios: the engines take turns in each round, so that a noisy minute hits them alike.</summary>
internal sealed class Campaign
{
    private const string Base = "ninja";
    private readonly BenchSettings _settings;
    private readonly BenchGraph _graph;
    private readonly List<Contender> _contenders;
    private readonly Action<string> _say;

    public Campaign(BenchSettings settings, BenchGraph graph, IReadOnlyList<Peer> peers, string folder, Action<string> say)
    {
        (_settings, _graph, _say) = (settings, graph, say);
        _contenders = [.. peers.Select(peer => new Contender(peer, graph, Directory.CreateDirectory(Path.Combine(folder, peer.Name)).FullName))];
    }

    /// <summary>Measures all scenarios.</summary>
    public IEnumerable<BenchRow> Run(IReadOnlyList<Scenario> scenarios)
    {
        foreach (var contender in _contenders)
        {
            contender.Peer.Write(_graph, contender.Workspace);
            contender.Peer.MakeCold(contender.Workspace);
        }

        try
        {
            foreach (var row in scenarios.SelectMany(Measure))
            {
                yield return row;
            }
        }
        finally
        {
            _contenders.ForEach(contender => contender.Peer.Finish(contender.Workspace));
        }
    }

    private List<BenchRow> Measure(Scenario scenario)
    {
        var runs = _contenders.Where(contender => scenario.Option is null || contender.Peer is ScaleMsPeer).Select(contender => new ContenderRuns(contender)).ToList();
        if (!scenario.IsCold)
        {
            runs.ForEach(run => Try(run, scenario, () => Settle(run.Contender)));
        }

        for (var round = 0; round < _settings.Rounds; round++)
        {
            foreach (var run in runs.Where(run => !run.HasFailed && run.Seconds < _settings.Budget))
            {
                Try(run, scenario, () => Measure(scenario, run, round));
            }
        }

        _say($"{_graph.Shape} {_graph.Steps.Count} {scenario.Name}: {string.Join(", ", runs.Where(run => run.Timings.Count > 0).Select(run => $"{run.Contender.Peer.Name} {Units.Time(run.MedianSeconds)}"))}");
        var bases = runs.Find(run => run.Contender.Peer.Name == Base);
        return [.. runs.Where(run => run.Timings.Count > 0).Select(run => run.Row(scenario, bases))];
    }

    private void Measure(Scenario scenario, ContenderRuns run, int round)
    {
        var contender = run.Contender;
        var before = scenario.IsCold ? [] : contender.Stamps();
        scenario.Prepare(contender, round);
        var timing = contender.Run(_settings.Jobs, scenario.Option is { Length: > 0 } option ? [option] : []);
        if (!scenario.IsPlan)
        {
            contender.RequireOutputs();
        }

        run.Add(
            timing with { PeakBytes = Math.Max(timing.PeakBytes, contender.Peer.ServerPeakBytes(contender.Workspace)) },
            scenario.IsCold ? null : contender.Executed(before),
            scenario.IsPlan || contender.IsRight);
    }

    /// <summary>Twice where time counts: a first run may still learn what makes the second one quick.</summary>
    private void Settle(Contender contender)
    {
        for (var i = 0; i < Math.Min(2, _settings.Rounds); i++)
        {
            contender.Run(_settings.Jobs);
        }
    }

    /// <summary>An engine that fails is out of this scenario, and the others go on.</summary>
    private void Try(ContenderRuns run, Scenario scenario, Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException exception)
        {
            run.HasFailed = true;
            _say($"{run.Contender.Peer.Name} failed in {scenario.Name}: {exception.Message}");
        }
    }
}
