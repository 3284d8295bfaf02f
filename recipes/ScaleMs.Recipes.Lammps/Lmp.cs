using ScaleMs.Core.Model;

namespace ScaleMs.Recipes.Lammps;

/// <summary>The program <c>lmp</c>: where it is looked for and how its version is told.</summary>
/// <remarks>
/// Needs LAMMPS of 2021 or later. Inputs that no step declares, because they come with the program: the potentials under <c>share/lammps/potentials</c>,
/// unless a script gets them as files. They count as part of the version that the program prints. Immutable.
/// </remarks>
public sealed class Lmp
{
    /// <summary>The name under which steps call the program.</summary>
    public const string Program = "lmp";

    // Lines of `lmp -h` that can change a result; the others list styles, and places of the machine that it was built on.
    private static readonly string[] VersionLines =
    [
        "Large-scale Atomic/Molecular Massively Parallel Simulator", "Compiler:", "MPI v", "-DLAMMPS_", "sizeof(",
    ];

    // Printed by builds that have the part: which arithmetic accelerators use, and which library transforms.
    private static readonly string[] PartLines = ["GPU package", "KOKKOS package", "INTEL package", "OPENMP package", "FFT precision", "FFT engine", "FFT library"];

    /// <summary>Describes the program.</summary>
    /// <param name="path">A path or a name to use and nothing else; empty to look further.</param>
    /// <param name="lmpBin">The value of <c>LMP_BIN</c>, used when the path is empty; null or empty for <c>lmp</c>, else <c>lmp_serial</c>, else <c>lmp_mpi</c>, on the PATH.</param>
    /// <remarks>What was asked for by name is never replaced by another program that happens to be installed.</remarks>
    public Lmp(string path = "", string? lmpBin = null)
    {
        string[] candidates = !string.IsNullOrEmpty(path) ? [path] : !string.IsNullOrEmpty(lmpBin) ? [lmpBin] : ["lmp", "lmp_serial", "lmp_mpi"];
        Tool = ToolSpec.Versioned(Program, candidates, ["-h"], VersionLines, optional: PartLines);
    }

    /// <summary>The tool with its fingerprint.</summary>
    public ToolSpec Tool { get; }

    /// <summary>Declares the program for a step: the tool, and the facts of the site that can change a result.</summary>
    internal Step For(Step step) => step.Tool(Tool).OnSite(SiteFact.OperatingSystem, SiteFact.Architecture, SiteFact.ProcessorModel);
}
