using System.Runtime.InteropServices;
using ScaleMs.Benchmarks.Graphs;
using ScaleMs.Benchmarks.Peers;
using ScaleMs.Benchmarks.Reporting;
using ScaleMs.Benchmarks.Scenarios;

namespace ScaleMs.Benchmarks;

/// <summary>Measures everything that the settings ask for.</summary>
/// <param name="settings">What.</param>
/// <param name="hosts">The hosts that are measured.</param>
/// <param name="say">Takes progress, a line at a time.</param>
internal sealed class Bench(BenchSettings settings, Hosts hosts, Action<string> say)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalems-bench-").FullName;

    /// <summary>Measures, and removes the workspaces.</summary>
    public List<BenchRow> Run()
    {
        try
        {
            return [.. Graphs(), .. Machine()];
        }
        finally
        {
            MakeRemovable();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private IEnumerable<BenchRow> Graphs()
    {
        var peers = Present();
        var scenarios = Scenario.All.Where(scenario => settings.Scenarios.Contains(scenario.Name)).Where(IsOffered).ToList();
        if (scenarios.Count == 0)
        {
            return [];
        }

        return
            from size in settings.Sizes
            from shape in settings.Shapes
            from row in new Campaign(settings, Shapes.Make(shape, size), peers, Path.Combine(_folder, $"{shape}-{size}"), say).Run(scenarios)
            select row;
    }

    private IEnumerable<BenchRow> Machine()
    {
        var machine = new MachineScenarios(settings, hosts, _folder, say);
        return
        [
            .. settings.Scenarios.Contains("hello") ? machine.Hello() : [],
            .. settings.Scenarios.Contains("lookup") ? machine.Lookup() : [],
            .. settings.Scenarios.Contains("openssl") ? machine.OpenSsl() : [],
            .. settings.Scenarios.Contains("cp") ? machine.Copying() : [],
        ];
    }

    /// <summary>Ours first; the others as far as they are installed.</summary>
    private List<Peer> Present()
    {
        Peer[] others = [new NinjaPeer(), new BazelPeer(Path.Combine(_folder, "bazel")), new SnakemakePeer()];
        List<Peer> peers = [new ScaleMsPeer(hosts.Host), .. others.Where(peer => settings.Peers.Contains(peer.Name))];
        foreach (var missing in peers.Where(peer => !peer.IsThere))
        {
            say($"{missing.Name} is not installed: left out");
        }

        return [.. peers.Where(peer => peer.IsThere)];
    }

    private bool IsOffered(Scenario scenario)
    {
        var isOffered = scenario.Option is not { Length: > 0 } option || ScaleMsPeer.Knows(hosts.Host, option);
        if (!isOffered)
        {
            say($"the host has no {scenario.Option}: scenario {scenario.Name} is left out");
        }

        return isOffered;
    }

    /// <summary>Bazel takes the right to write away from its folders.</summary>
    private void MakeRemovable()
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows) || !Directory.Exists(Path.Combine(_folder, "bazel")))
        {
            return;
        }

        using var chmod = System.Diagnostics.Process.Start("chmod", ["-R", "u+w", Path.Combine(_folder, "bazel")]);
        chmod.WaitForExit();
    }
}
