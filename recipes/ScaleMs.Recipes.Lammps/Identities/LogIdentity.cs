using System.Text.RegularExpressions;
using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Lammps;

/// <summary>The identity of a LAMMPS log: commands, set-up and physics; no version, use of the hardware, memory and timings.</summary>
/// <remarks>Two runs of one script on the same number of threads have equal identities. A log that was continued after an interruption has another one: it tells of both runs. Thread-safe.</remarks>
public sealed partial class LogIdentity : ContentIdentity
{
    // Read alike by .NET and by awk; no slash, which ends a pattern of awk.
    private const string Passing =
        @"^(LAMMPS \(|Loop time of |Performance: |Total wall time: |Per MPI rank memory|OMP_NUM_THREADS |[0-9.]+% CPU use| *using [0-9]+ OpenMP)"
        + @"|^(Section|Pair|Bond|Kspace|Neigh|Comm|Output|Modify|Other) *\||CPU = [0-9.]+ seconds";

    private readonly LineIdentity _lines = new("lammps.log", 1, line => PassingLine().IsMatch(line) ? null : line);

    private LogIdentity() => ShellFilter = $"awk '{{ sub(/\\r+$/, \"\") }} !/{Passing}/'";

    /// <summary>The identity; it has no options.</summary>
    public static LogIdentity Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => _lines.Name;

    /// <inheritdoc/>
    public override int Version => _lines.Version;

    /// <inheritdoc/>
    public override IContentDigester Start() => _lines.Start();

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>>? Fields(string text) => _lines.Fields(text);

    [GeneratedRegex(Passing, RegexOptions.CultureInvariant)]
    private static partial Regex PassingLine();
}
