using System.Globalization;
using System.Text;

namespace ScaleMs.Benchmarks.Scenarios;

/// <summary>What is done to a workspace before a run is measured.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Prepare">Does it; the number is the round's.</param>
/// <param name="IsProbe">Whether the question is who notices, rather than how long it takes.</param>
/// <param name="IsCold">Whether it starts from nothing, so that no run need come before it.</param>
/// <param name="Option">An option of our host; other engines have no part in the scenario. Empty: no option, but ours alone.</param>
/// <param name="IsPlan">Whether nothing is made, so that no output is looked for.</param>
internal sealed record Scenario(string Name, Action<Contender, int> Prepare, bool IsProbe = false, bool IsCold = false, string? Option = null, bool IsPlan = false)
{
    private static readonly DateTime LongAgo = new(2001, 9, 9, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>All scenarios that run a graph.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("cold", (contender, _) => contender.Peer.MakeCold(contender.Workspace), IsCold: true),
        new("null", (_, _) => { }),
        new("rehash", (_, _) => { }, Option: "--rehash"),
        new("plan", (_, _) => { }, Option: "--plan", IsPlan: true),
        new("plan-made", (contender, _) => contender.Peer.ForgetNullRuns(contender.Workspace), Option: "--plan", IsPlan: true),
        new("plan-cold", (contender, _) => contender.Peer.MakeCold(contender.Workspace), IsCold: true, Option: "--plan", IsPlan: true),
        new("restored", (contender, _) => contender.Peer.RemoveOutputs(contender.Workspace), Option: ""),
        new("touch", (contender, _) => File.SetLastWriteTimeUtc(contender.EditedLeaf, DateTime.UtcNow)),
        new("edit", (contender, round) => Overwrite(contender.EditedLeaf, $"edit {round}", atTheEnd: false)),
        new("cutoff", (contender, round) => Overwrite(contender.EditedLeaf, $"cutoff {round}", atTheEnd: true)),
        new("backdate", (contender, round) => Backdate(contender.EditedLeaf, round), IsProbe: true),
        new("stealth", (contender, round) => Hide(contender.EditedLeaf, round), IsProbe: true),
        new("cmd-out", (contender, round) => EditOutput(contender.FirstOutput, round), IsProbe: true),
    ];

    /// <summary>Writes some bytes that were never there before into a file in place.</summary>
    private static void Overwrite(string path, string what, bool atTheEnd)
    {
        var mark = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {DateTime.UtcNow.Ticks}"));
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, mark, atTheEnd ? RandomAccess.GetLength(file) - mark.Length : 0);
    }

    /// <summary>Other content under an older time stamp, as a restored backup has it.</summary>
    private static void Backdate(string path, int round)
    {
        Overwrite(path, $"backdate {round}", atTheEnd: false);
        File.SetLastWriteTimeUtc(path, LongAgo.AddSeconds(round));
    }

    /// <summary>Other content under the same length and time stamp.</summary>
    private static void Hide(string path, int round)
    {
        var before = File.GetLastWriteTimeUtc(path);
        Overwrite(path, $"stealth {round}", atTheEnd: false);
        File.SetLastWriteTimeUtc(path, before);
    }

    private static void EditOutput(string path, int round)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Overwrite(path, $"cmd-out {round}", atTheEnd: false);
    }
}
