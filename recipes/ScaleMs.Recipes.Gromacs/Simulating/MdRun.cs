namespace ScaleMs.Recipes.Gromacs;

/// <summary>What a stage of molecular dynamics leaves.</summary>
/// <param name="RunInput">The run input (<c>.tpr</c>), which analyses read for names and masses.</param>
/// <param name="Structure">The last frame (<c>.gro</c>, nm and nm/ps).</param>
/// <param name="Checkpoint">The full-precision state at the end (<c>.cpt</c>).</param>
/// <param name="Trajectory">The compressed trajectory (<c>.xtc</c>, nm); using it is a fault when <see cref="MdStage.WritesTrajectory"/> is false.</param>
/// <param name="Energies">The energies by frame (<c>.edr</c>, kJ/mol).</param>
/// <param name="Log">The log; its identity is <see cref="LogIdentity"/>.</param>
public sealed record MdRun(Artifact RunInput, Artifact Structure, Artifact Checkpoint, Artifact Trajectory, Artifact Energies, Artifact Log);
