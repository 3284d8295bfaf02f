using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>Tolerances for positions: files that a run on another number of threads, or on another processor, makes a little differently.</summary>
/// <remarks>
/// The numbers of frames and atoms and the names must be equal; boxes and times are held to the tolerance of positions. A trajectory is chaotic: two runs stay within a tolerance for some picoseconds only, so
/// this is for short runs, minimised structures, and runs that repeat but for rounding.
/// </remarks>
public static class PositionTolerance
{
    /// <summary>From here on an atom could be taken for its neighbour, and a frame for the next.</summary>
    private const double TooLarge = 0.5;

    /// <summary>As gmx dump calls rows of velocities and of forces.</summary>
    private const string Velocities = "v[";

    private const string Forces = "f[";

    /// <summary>Positions and velocities of an atom in rows of their own. Columns of a .gro have a width and no blanks between them, three decimals for positions, four for velocities.</summary>
    private const string SplitAtoms =
        "NR == 2 { atoms = $1 } NR > 2 && NR <= atoms + 2 { print \"x[\", substr($0, 1, 20), substr($0, 21, 8), substr($0, 29, 8), substr($0, 37, 8); "
        + "if (length($0) >= 68) print \"v[\", substr($0, 45, 8), substr($0, 53, 8), substr($0, 61, 8); next } { print }";

    /// <summary>A structure (<c>.gro</c>) as mdrun writes it.</summary>
    /// <param name="nanometres">The difference of positions that is allowed, in nm; above 0 and below 0.5.</param>
    /// <param name="velocity">That of velocities, in nm/ps; null (the default) for the same number.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is not in its range.</exception>
    public static ToleranceIdentity Structure(double nanometres, double? velocity = null) => Of(nanometres, velocity).Through(new FilterCommand("awk", SplitAtoms));

    /// <summary>The frames of a trajectory (<c>.xtc</c>, <c>.trr</c>), as <c>gmx dump</c> prints them; the step must declare <see cref="Gmx.Tool"/>.</summary>
    /// <param name="nanometres">The difference of positions that is allowed, in nm; above 0 and below 0.5. An <c>.xtc</c> rounds to 0.001 nm.</param>
    /// <param name="velocity">That of velocities, in nm/ps; null (the default) for the same number.</param>
    /// <param name="force">That of forces, in kJ/(mol·nm); null (the default) for the same number.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is not in its range.</exception>
    public static ToleranceIdentity Trajectory(double nanometres, double? velocity = null, double? force = null)
    {
        var rule = Of(nanometres, velocity);
        return (force is { } forces ? rule.Rows(Forces, forces) : rule).Through(new FilterCommand(Gmx.Program, "-quiet", "dump", "-f", FilterCommand.File));
    }

    /// <summary>Whether a tolerance of positions, in nm, is in its range.</summary>
    internal static bool Allows(double nanometres) => nanometres is > 0 and < TooLarge;

    private static ToleranceIdentity Of(double nanometres, double? velocity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nanometres);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(nanometres, TooLarge);
        var rule = new ToleranceIdentity(absolute: nanometres);
        return velocity is { } velocities ? rule.Rows(Velocities, velocities) : rule;
    }
}
