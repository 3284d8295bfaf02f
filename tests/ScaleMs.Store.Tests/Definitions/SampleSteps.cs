using ScaleMs.Core.Failures;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>Declarations that have every part in two ways at least, so that none can be lost unseen; <see cref="SampleStepsTests"/> holds them to that.</summary>
internal static class SampleSteps
{
    /// <summary>Has nothing but what it must.</summary>
    public static StepInstance Plain { get; } = new() { Id = new StepId("a", "a"), Operation = new Operation.Commands([]) };

    /// <summary>Has all that can be declared.</summary>
    public static StepInstance Full { get; } = new()
    {
        Id = StepId.Parse("simulate/mdrun[replica=3]"),
        Operation = new Operation.Commands(
        [
            new Command("gmx", ["grompp", "-f", "run.mdp", "µ 𝜇 '\"\n"], StandardInput: "0\n"),
            new Command("./mdrun", [], StandardOutput: Path("run.out"))
            {
                StandardError = Path("run.err"),
                StandardInputFile = Path("run.mdp"),
                Through = new Starter("mpirun", ["-np", "2"]),
            },
            new Command("wc", ["-l"], StandardInput: string.Empty) { Through = new Starter("srun", []) },
        ]),
        Inputs =
        [
            new Input(Path("eq.gro"), new InputSource.StepOutput(StepId.Parse("equilibrate[replica=3]"), Path("eq.gro")), ContentIdentity.Bytes, AsBytes: true),
            new Input(Path("minimised.gro"), new InputSource.StepOutput(StepId.Parse("minimise/em"), Path("em/run.gro")), ContentIdentity.Bytes, IsWritable: true),
            new Input(Path("start.gro"), new InputSource.SourceFile("data/start.gro"), ContentIdentity.Text),
            new Input(Path("table.csv"), new InputSource.SourceFile("/data/table.csv"), ContentIdentity.Bytes),
        ],
        Templates =
        [
            new Template(Path("run.mdp"), new InputSource.SourceFile("prod.mdp"), [Pair("Nsteps", "500"), Pair("Temperature", "300")], ContentIdentity.Text.Without("^;")),
            new Template(Path("topol.top"), new InputSource.SourceFile("topol.top.in"), []),
        ],
        Outputs =
        [
            new Output(Path("frames"), OutputIdentity.Listing, Path("results/frames"), Keep.UntilConsumed) { Files = FilePattern.All },
            new Output(Path("logs"), OutputIdentity.Listing) { Files = FilePattern.Below(Path("old/logs")) },
            new Output(Path("maps"), OutputIdentity.Listing) { Files = Pattern("old/maps/**") },
            new Output(Path("out.txt"), new OutputIdentity.Canonical(ContentIdentity.Text)),
            new Output(Path("pictures"), OutputIdentity.Listing) { Files = Pattern("**") },
            new Output(Path("run.cpt"), new OutputIdentity.OfAction(), Keep: Keep.Never) { IsOptional = true },
            new Output(Path("run.gro"), OutputIdentity.Bytes, Path("results/run.gro"), Store: StoreAs.InPlace),
        ],
        Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["OMP_NUM_THREADS"] = "2", ["GMX_MAXBACKUP"] = "-1" },
        PassedEnvironment = ["HOME", "LD_LIBRARY_PATH"],
        Secrets =
        [
            new SecretUse("licence", "2026", new SecretSource.FromCommand(["pass", "show licence"]), null, Path("licence.lic")),
            new SecretUse("token", "", new SecretSource.FromEnvironment("MY_TOKEN"), "TOKEN", null),
            new SecretUse("other", "2", new SecretSource.FromFile("/keys/other"), "OTHER", null),
            new SecretUse("further", "3", new SecretSource.FromFile("keys/further"), "FURTHER", null),
            new SecretUse("last", "4", new SecretSource.FromEnvironment("LAST_HERE"), "LAST", null),
            new SecretUse("told", "5", new SecretSource.FromCommand(["tell"]), "TOLD", null),
        ],
        Parameters = [Pair("forcefield", "amber99sb-ildn"), Pair("water", string.Empty)],
        Tools =
        [
            new Tool("gmx", ["/opt/gmx", "gmx_mpi"], new ToolVersion.OfLines(["--version"], ["GROMACS version:", "Precision:"]) { Beside = ["../lib"], OptionalPrefixes = ["GPU:"] }),
            new Tool("lmp", [], new ToolVersion.OfLines(["-h"], ["LAMMPS"])),
            new Tool("wc", ["wc"], new ToolVersion.OfBinary()),
        ],
        SiteFacts = [SiteFact.ProcessorModel, SiteFact.OperatingSystem, SiteFact.CLibrary, SiteFact.Architecture],
        Success = new SuccessRule(
            [0, 3, -1],
            [
                new SuccessCondition(SuccessKind.FileExists, Path("run.gro"), string.Empty, "the run did not finish"),
                new SuccessCondition(SuccessKind.TextMatches, Path("run.log"), "Finished mdrun", "the log has no end"),
                new SuccessCondition(SuccessKind.TextDoesNotMatch, null, "LINCS WARNING", "the system blew up"),
            ]),
        Checkpoint = [Path("run.cpt"), Path("run_prev.cpt")],
        Resources = new Resources(4, 2L << 30, 1, TimeSpan.FromHours(1.5), new Dictionary<string, int>(StringComparer.Ordinal) { ["licence"] = 2, ["disk"] = 0 }),
        Retries = new RetryRules
        {
            Credits = 3,
            Delay = TimeSpan.FromMilliseconds(1),
            LaterExits = [75, 76],
            LaterTries = 9,
            LaterDelay = TimeSpan.MaxValue,
            Time = new Growth(1.5, TimeSpan.TicksPerDay),
            Memory = new Growth(2),
        },
        Launcher = "cluster",
        IsStochastic = true,
        IsAlways = true,
        KeepsState = true,
        LogFraming = LogFraming.Nul,
        Recipe = "prep",
        DeclaredAt = new SourceLocation("/_/workflows/villin/VillinWorkflow.cs", 42) { UsedAt = "Study.cs:7" },
    };

    /// <summary>Says in full what others leave to the defaults.</summary>
    public static StepInstance Explicit { get; } = new()
    {
        Id = new StepId("simulate", "mdrun", "replica=4"),
        Operation = new Operation.Commands([new Command("true", [])]),
        Inputs = [new Input(Path("half.txt"), new InputSource.SourceFile("half \uD800 a character"), ContentIdentity.Bytes)],
        Parameters = [Pair("\0", "\0\0"), Pair("\uDC00\uD800", "\uFFFD")],
        Success = new SuccessRule([0], []),
        Resources = new Resources(2, -1, 0, null, new Dictionary<string, int>(StringComparer.Ordinal)),
        Retries = new RetryRules { Time = new Growth(double.Epsilon, long.MinValue) },
        LogFraming = LogFraming.Lines,
        DeclaredAt = new SourceLocation(string.Empty, 0),
    };

    public static IReadOnlyList<StepInstance> All { get; } = [Plain, Full, Explicit];

    public static ArtifactPath Path(string text) => ArtifactPath.Parse(text);

    private static KeyValuePair<string, string> Pair(string key, string value) => new(key, value);

    private static FilePattern Pattern(string text) => FilePattern.TryParse(text, out var pattern, out var problem) ? pattern : throw new ArgumentException(problem);
}
