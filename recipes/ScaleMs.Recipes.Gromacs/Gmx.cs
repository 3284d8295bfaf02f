using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>The program <c>gmx</c>: where it is looked for, how its version is told and how it is called.</summary>
/// <remarks>
/// Needs GROMACS 2022 or later. Inputs that no step declares, because they come with the program: the force fields and water models
/// under <c>share/gromacs/top</c>, <c>spc216.gro</c>, the residue and bond databases. They count as part of the version that the program prints.
/// Immutable.
/// </remarks>
public sealed class Gmx
{
    /// <summary>The name under which steps call the program.</summary>
    public const string Program = "gmx";

    // Lines of `gmx --version` that can change a result. "Executable:", "Data prefix:", "Working dir:" and "Command line:" are
    // places, and the compiler lines hold paths. "CPU FFT library:" is there since GROMACS 2022 (before: "FFT library:").
    private static readonly string[] VersionLines =
    [
        "GROMACS version:", "Precision:", "MPI library:", "OpenMP support:", "GPU support:", "SIMD instructions:", "CPU FFT library:",
    ];

    /// <summary>Describes the program.</summary>
    /// <param name="path">A path or a name to use and nothing else; empty to look further.</param>
    /// <param name="gmxBin">The value of <c>GMX_BIN</c>, used when the path is empty; null or empty for <c>gmx</c>, else <c>gmx_mpi</c>, on the PATH.</param>
    /// <remarks>What was asked for by name is never replaced by another program that happens to be installed.</remarks>
    public Gmx(string path = "", string? gmxBin = null)
    {
        string[] candidates = !string.IsNullOrEmpty(path) ? [path] : !string.IsNullOrEmpty(gmxBin) ? [gmxBin] : ["gmx", "gmx_mpi"];
        Tool = ToolSpec.Versioned(Program, candidates, ["--version"], VersionLines);
        HasThreadMpi = !candidates[0].EndsWith("_mpi", StringComparison.Ordinal);
    }

    /// <summary>The tool with its fingerprint.</summary>
    public ToolSpec Tool { get; }

    /// <summary>Whether the build has GROMACS' own thread-MPI, so that <c>-ntmpi 1</c> is given; a build with a real MPI refuses that option.</summary>
    /// <remarks>
    /// Default: true, unless the name asked for ends in <c>_mpi</c>; a machine that has only <c>gmx_mpi</c> must be told so by name. In the
    /// keys of mdrun steps through their arguments.
    /// </remarks>
    public bool HasThreadMpi { get; init; }

    /// <summary>Adds a call of one of the program's modules to a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="module">The module, such as <c>grompp</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The step.</returns>
    /// <remarks>
    /// <c>-quiet</c> drops the banner and the random quote, <c>-nobackup</c> overwrites instead of keeping <c>#file.1#</c>. The operating
    /// system and the architecture are in the key; the processor's model only where <c>mdrun</c> runs.
    /// </remarks>
    public Step Run(Step step, string module, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step
            .Tool(Tool)
            .OnSite(SiteFact.OperatingSystem, SiteFact.Architecture)
            .Run(Program, ["-quiet", "-nobackup", module, .. arguments]);
    }

    internal static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    internal static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
