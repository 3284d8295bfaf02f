namespace ScaleMs.Recipes.Gromacs;

/// <summary>A solvated, neutral system, ready to be minimised.</summary>
/// <param name="Structure">The coordinates (<c>.gro</c>, nm).</param>
/// <param name="Topology">The topology (<c>.top</c>).</param>
/// <param name="Restraints">The position restraints (<c>posre.itp</c>) that the topology includes when <c>POSRES</c> is defined.</param>
public sealed record PreparedSystem(Artifact Structure, Artifact Topology, Artifact Restraints);
