using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>What modules that read a run input and a trajectory have in common.</summary>
internal static class TrajectoryAnalysis
{
    /// <summary>-xvg none leaves out the header, which holds date, directory, command line and a random joke.</summary>
    public static Step Add(Gmx gmx, Step step, MdRun run, string module, string output, string? publishAs, ToleranceIdentity? tolerance, params string[] more) => gmx
        .Run(
            step.Input(RunFiles.RunInput, run.RunInput).Input(RunFiles.Trajectory, run.Trajectory),
            module, ["-s", RunFiles.RunInput, "-f", RunFiles.Trajectory, "-o", output, "-xvg", "none", .. more])
        .Output(output, Within(tolerance), publishAs);

    /// <summary>The identity of a table.</summary>
    public static OutputIdentity Within(ToleranceIdentity? tolerance) => tolerance is null ? OutputIdentity.Bytes : new OutputIdentity.Tolerance(tolerance);
}
