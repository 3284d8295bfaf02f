using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs;

/// <summary>Names and identities of the files of a run: each stage has a directory of its own, so they can be the same everywhere.</summary>
internal static class RunFiles
{
    public const string Name = "run";
    public const string Parameters = "run.mdp";
    public const string AllParameters = "run.out.mdp";
    public const string RunInput = "run.tpr";
    public const string Structure = "run.gro";
    public const string Energies = "run.edr";
    public const string Log = "run.log";
    public const string Checkpoint = "run.cpt";
    public const string Trajectory = "run.xtc";
    public const string FullTrajectory = "run.trr";

    /// <summary>For .tpr (uninitialised bytes in it) and .cpt (a time stamp in it), which never repeat.</summary>
    public static OutputIdentity OfAction { get; } = new OutputIdentity.OfAction();

    /// <summary>Where a file of the run is published: the stage's name with the file's ending.</summary>
    public static string? Published(string? publishAs, string ending) => publishAs is null ? null : publishAs + ending;
}
