using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Store.Tests.Support;

/// <summary>Records that look like real ones; the same numbers always give the same record.</summary>
public static class Sample
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));

    public static ActionKey Key(int i) => new(Digest.OfText($"key {i}"));

    public static Digest Bytes(int i) => Digest.OfText($"bytes {i}");

    public static StepId Step(int i) => new("simulate", "mdrun", $"replica={i}");

    public static StepStateRecord State(int step, int key) => new(Step(step), Key(key), "run-1", Begin.AddSeconds(key));

    public static IntentRecord Intent(int step, int key) => new(Step(step), Key(key), $"work/{Key(key).Brief}", "run-1", Begin.AddSeconds(key));

    public static RunRecord Run(int i) => new($"run-{i}", "analyse", "done", Begin.AddMinutes(i), 12.25 + i, i);

    public static PublishedRecord Published(int path, int bytes) => new(ArtifactPath.Parse($"results/{path}.gro"), Step(path), Bytes(bytes));

    public static UnpublishedRecord Unpublished(int path) => new(ArtifactPath.Parse($"results/{path}.gro"));

    public static FileStat Stat(int i) => new(0xFFFF_FFFF_0000_0001, ulong.MaxValue - (ulong)i, i, -5_000_000_001, long.MaxValue - i, 0x81ED);

    public static FileFactRecord File(int path, int stat) =>
        new($"input/π {path}.mdp", Stat(stat), Bytes(stat), [new("text/1", Bytes(stat + 1)), new("gromacs.mdp/2", Bytes(stat + 2))]);

    public static ToolFactRecord Tool(int i) =>
        new($"/usr/bin/gmx{i}\nversion", [new("/usr/bin/gmx", Stat(i)), new("/lib/libgmx.so", Stat(i + 1))], [new("version", $"2024.{i}"), new("simd", "AVX2")]);

    public static ActionResult Result(int key, int step, params int[] outputs) => new()
    {
        Key = Key(key),
        Step = Step(step),
        Outputs = [.. outputs.Select(bytes => new OutputRecord(ArtifactPath.Parse($"out/{bytes}.xtc"), Bytes(bytes), bytes * 1000L, Bytes(-bytes), "bytes", 1, bytes % 2 == 0, (Keep)(Math.Abs(bytes) % 3)))],
        Components =
        [
            new("kind", "commands"), new("command/0", "gmx mdrun -deffnm run -cpi run.cpt -reprod -ntmpi 1 -ntomp 4"),
            new("input/start.gro", Bytes(key).ToString()), new("input/topol.top", Bytes(7).ToString()), new("template/run.mdp/Temperature", $"{300 + step}"),
            new("template/run.mdp/Seed", $"{key}"), new("tool/gmx/version", "2024.1"), new("environment/LC_ALL", "C"),
        ],
        RunId = "run-1",
        FinishedAt = Begin.AddSeconds(key),
        WallSeconds = 0.1 + key,
        CpuSeconds = 1.0 / 3,
        PeakMemoryBytes = 1L << 33,
        ExitCode = -1,
        Attempts = [new(1, Begin, 3.5, "OutOfMemory") { ExitCode = key, PeakMemoryBytes = 1L << 34, GrantedBytes = 1L << 33, GrantedSeconds = 0.5 + step }, new(2, Begin.AddSeconds(9), double.PositiveInfinity, "done")],
        Launcher = "slurm",
        Host = "node \"7\"\n",
        IsContinued = key % 2 == 0,
        Log = key % 3 == 0 ? default : Bytes(key + 50),
    };

    /// <summary>Any record, of few names so that they meet.</summary>
    public static StoreRecord Any(Random random)
    {
        int Few() => random.Next(12);
        return random.Next(9) switch
        {
            0 => Intent(Few(), Few()),
            1 => Result(Few(), Few(), Few(), Few() + 20),
            2 => State(Few(), Few()),
            3 => File(Few(), Few()),
            4 => Published(Few(), Few()),
            5 => Unpublished(Few()),
            6 => Tool(Few()),
            7 => Run(Few()),
            _ => new PublishedRecord(ArtifactPath.Parse("odd name/ü\u2028'\"%.txt"), new StepId("a/b", "c[d", "e]"), Bytes(Few())),
        };
    }
}
