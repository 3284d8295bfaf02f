using System.Globalization;

namespace ScaleMs.Recipes.Lammps;

/// <summary>The program that starts the ranks of a parallel run: <c>mpirun</c>, that of the MPI library which LAMMPS was built with.</summary>
/// <remarks>
/// Known by the bytes of its executable; the library's version is among the lines that LAMMPS prints. How many cores there are, and which steps share them, is decided by the run, so
/// Open MPI is told neither to bind ranks to cores nor to refuse more ranks than it counts, and to start as root too, as in containers. Immutable.
/// </remarks>
public sealed class Mpirun
{
    /// <summary>The name under which steps call the program.</summary>
    public const string Program = "mpirun";

    // Other libraries do not know these variables.
    private static readonly string[] Allowed = ["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "OMPI_MCA_rmaps_base_oversubscribe"];

    /// <summary>Describes the program.</summary>
    /// <param name="path">A path or a name to use and nothing else; empty for <c>mpirun</c>, else <c>mpiexec</c>, on the PATH.</param>
    public Mpirun(string path = "") => Tool = ToolSpec.Binary(Program, string.IsNullOrEmpty(path) ? [Program, "mpiexec"] : [path]);

    /// <summary>The tool with its fingerprint.</summary>
    public ToolSpec Tool { get; }

    /// <summary>More arguments, such as those that choose a network; none by default. In the key.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Starts the last command of a step with ranks.</summary>
    internal void Start(Step step, int ranks)
    {
        foreach (var name in Allowed)
        {
            step.Environment(name, "1");
        }

        step.Tool(Tool).Environment("OMPI_MCA_hwloc_base_binding_policy", "none").Through(Program, ["-n", ranks.ToString(CultureInfo.InvariantCulture), .. Arguments]);
    }
}
