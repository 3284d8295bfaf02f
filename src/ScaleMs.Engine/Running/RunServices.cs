using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Scheduling;
using ScaleMs.Engine.Comparing;
using ScaleMs.Engine.Executing;
using ScaleMs.Engine.Explaining;
using ScaleMs.Engine.Importing;
using ScaleMs.Engine.Judging;
using ScaleMs.Engine.Places;
using ScaleMs.Engine.Publishing;
using ScaleMs.Engine.Scanning;
using ScaleMs.Engine.Secrets;
using ScaleMs.Engine.Sites;
using ScaleMs.Engine.Tracing;

namespace ScaleMs.Engine.Running;

/// <summary>The parts of one run, wired together once.</summary>
internal sealed record RunServices
{
    public required IDisk Disk { get; init; }

    public required WitnessDisk Witness { get; init; }

    public required IFileStore Store { get; init; }

    public required Scanner Scanner { get; init; }

    public required KeptFiles Kept { get; init; }

    public required ToolProbe Probe { get; init; }

    public required StepPlaces Places { get; init; }

    public required Assessor Assessor { get; init; }

    public required OutputInspector Inspector { get; init; }

    public required PublishedCopies Copies { get; init; }

    public required Publisher Publisher { get; init; }

    public required Leftovers Leftovers { get; init; }

    public required RetiredAttempts Retired { get; init; }

    public required SecretReader SecretReader { get; init; }

    public required SecretKeeper Secrets { get; init; }

    /// <summary>Runs attempts at a place.</summary>
    public required Func<StepPlace, Executor> ExecutorAt { get; init; }

    /// <summary>Takes results from elsewhere; null in a run that executes.</summary>
    public Importer? Importer { get; init; }

    public required EventStream Events { get; init; }

    public HeapTrimmer Heap { get; } = HeapTrimmer.OfProcess();

    /// <summary>By which somebody ends single steps; null for nobody.</summary>
    public StepCancellation? StepCancellation { get; init; }

    public required TimeProvider Clock { get; init; }

    public required Action<Func<Task>>? Workers { get; init; }

    /// <summary>Told the steps that a continuation declared, before they are checked; null for nobody.</summary>
    public Action<IReadOnlyList<StepInstance>>? OnDeclared { get; init; }

    /// <summary>Told the points at which a kill would hurt; null for nobody.</summary>
    public Action<string>? AtPoint { get; init; }

    /// <summary>An output for each step, and a source for every other one: about what workflows have.</summary>
    private static int ExpectedFiles(int steps) => steps + (steps / 2);

    /// <summary>Wires the parts for a run.</summary>
    public static RunServices Wire(EnginePorts ports, IFileStore store, RunRequest request, string runId, EventStream events)
    {
        var disk = new WitnessDisk(ports.Disk, request.Workspace, store.Directory);
        var scanner = new Scanner(disk, store, request.Workspace, request.Rehash, request.Supposed, ExpectedFiles(request.Definition.Steps.Count));
        var environment = new CallerEnvironment(ports.Environment, ports.PassedVariables);
        var probe = new ToolProbe(disk, store, ports.Launcher, environment);
        // Facts of the site are circumstances of a run, not files that it was decided on.
        var site = new Site(ports.Disk, probe, environment);
        var tokens = new TokenPool(request.Capacity.Tokens);
        var here = StepPlace.Here(ports.Launcher, site, request.Capacity, tokens);
        var places = new StepPlaces(here, ports.Places.Select(place => StepPlace.Of(place, tokens)), request.UsualPlace);
        var copies = new PublishedCopies(store, scanner);
        var inspector = new OutputInspector(store, scanner, copies);
        var retired = new RetiredAttempts(disk);
        // Whether a secret is there decides nothing that a null run could rest on: it needs none.
        var told = new ToldSecrets(ports.SecretCommands, new ProgramPath(ports.Disk, environment), environment, request.Workspace);
        var secretReader = new SecretReader(ports.Disk, environment, told, request.Workspace);
        var secrets = new SecretKeeper(ports.Disk, secretReader, () => SecretKeeper.MemoryOn(ports.Disk, environment["XDG_RUNTIME_DIR"]), store.Directory);
        var kept = new KeptFiles(disk, Path.Combine(store.Directory, "kept", runId));
        // Outputs are compared where they are collected, which is here.
        var filters = new FilterRunner(disk, ports.Launcher, site);
        var tracer = Tracer.For(request.ExecutesNothing ? TraceMode.None : request.Trace, request.Workspace, ports.Environment, disk);
        return new RunServices
        {
            Disk = disk,
            Witness = disk,
            Store = store,
            Scanner = scanner,
            Kept = kept,
            Probe = probe,
            Places = places,
            Assessor = new Assessor(store, new ActionCloser(disk, scanner, places.SiteOf), inspector, new InputNotes(disk, scanner, store)),
            Inspector = inspector,
            Copies = copies,
            Publisher = new Publisher(disk, store, scanner, copies, kept, ports.AtPoint),
            Leftovers = new Leftovers(disk, store, request.Workspace, kept),
            Retired = retired,
            SecretReader = secretReader,
            Secrets = secrets,
            ExecutorAt = Executors(place => new Executor(disk, store, place, filters, ports.Functions, ports.Clock, retired, secrets, ports.AtPoint, place.IsHere ? tracer : null)),
            Importer = request.Import is { } order ? new Importer(order, disk, store, ports.Clock) : null,
            Events = events,
            StepCancellation = ports.StepCancellation,
            Clock = ports.Clock,
            Workers = ports.Workers,
            AtPoint = ports.AtPoint,
            OnDeclared = ports.OnDeclared,
        };

        Func<StepPlace, Executor> Executors(Func<StepPlace, Executor> make)
        {
            var made = places.All.ToDictionary(place => place.Name, make, StringComparer.Ordinal);
            return place => made[place.Name];
        }
    }
}
