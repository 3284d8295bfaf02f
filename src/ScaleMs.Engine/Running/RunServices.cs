using ScaleMs.Core.Ports;
using ScaleMs.Engine.Executing;
using ScaleMs.Engine.Judging;
using ScaleMs.Engine.Publishing;
using ScaleMs.Engine.Scanning;
using ScaleMs.Engine.Sites;

namespace ScaleMs.Engine.Running;

/// <summary>The parts of one run, wired together once.</summary>
internal sealed record RunServices
{
    public required IDisk Disk { get; init; }

    public required IFileStore Store { get; init; }

    public required Scanner Scanner { get; init; }

    public required KeptFiles Kept { get; init; }

    public required ToolProbe Probe { get; init; }

    public required Site Site { get; init; }

    public required Assessor Assessor { get; init; }

    public required OutputInspector Inspector { get; init; }

    public required Publisher Publisher { get; init; }

    public required Leftovers Leftovers { get; init; }

    public required Executor Executor { get; init; }

    public required EventStream Events { get; init; }

    public required TimeProvider Clock { get; init; }

    public required string LauncherName { get; init; }

    /// <summary>Wires the parts for a run.</summary>
    public static RunServices Wire(EnginePorts ports, IFileStore store, RunRequest request, string runId, EventStream events)
    {
        var scanner = new Scanner(ports.Disk, store, request.Workspace);
        var probe = new ToolProbe(ports.Disk, store, ports.Launcher);
        var site = new Site(probe);
        var inspector = new OutputInspector(store, scanner);
        var kept = new KeptFiles(ports.Disk, Path.Combine(store.Directory, "kept", runId));
        return new RunServices
        {
            Disk = ports.Disk,
            Store = store,
            Scanner = scanner,
            Kept = kept,
            Probe = probe,
            Site = site,
            Assessor = new Assessor(store, new ActionCloser(ports.Disk, scanner, site), inspector),
            Inspector = inspector,
            Publisher = new Publisher(ports.Disk, store, scanner, kept),
            Leftovers = new Leftovers(ports.Disk, store, request.Workspace, kept),
            Executor = new Executor(ports.Disk, store, ports.Launcher, ports.Functions, ports.Clock),
            Events = events,
            Clock = ports.Clock,
            LauncherName = ports.Launcher.Name,
        };
    }
}
