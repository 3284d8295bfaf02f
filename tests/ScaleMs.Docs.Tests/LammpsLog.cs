using System.Text.RegularExpressions;
using ScaleMs.Core.Identity;

namespace ScaleMs.Docs.Tests;

/// <summary>The identity of a LAMMPS log: set-up and physics; no version, hardware use and timings.</summary>
public static class LammpsLog
{
    // Read alike by .NET and by awk; no slash, which ends a pattern of awk.
    private const string Timing = @"^(LAMMPS \(|Loop time of |Performance: |Total wall time: |[0-9.]+% CPU use)" +
        @"|^(Section|Pair|Bond|Kspace|Neigh|Comm|Output|Modify|Other) *\|";

    private static readonly Regex TimingLine = new(Timing, RegexOptions.CultureInvariant);

    public static ContentIdentity Identity { get; } = new LineIdentity("lammps.log", 1, line => TimingLine.IsMatch(line) ? null : line)
    {
        ShellFilter = $"awk '{{ sub(/\\r+$/, \"\") }} !/{Timing}/'",
    };
}
