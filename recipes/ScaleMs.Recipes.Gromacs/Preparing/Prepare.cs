namespace ScaleMs.Recipes.Gromacs;

/// <summary>From a structure of the Protein Data Bank to a solvated, neutral system: topology, box, solvent, ions.</summary>
/// <remarks>
/// Steps: <c>pdb2gmx</c>, <c>editconf</c>, <c>solvate</c>, <c>ions.grompp</c>, <c>genion</c>. solvate and genion edit the topology in
/// place, so each gets a copy of its own and hands on the edited one: a second attempt never adds its molecules twice.
/// All options are in the keys of the steps that read them, except <see cref="PublishTo"/>.
/// </remarks>
public sealed class Prepare : Recipe<PreparedSystem>
{
    private static readonly string[] BoxTypes = ["triclinic", "cubic", "dodecahedron", "octahedron"];

    /// <summary>The program.</summary>
    public required Gmx Gmx { get; init; }

    /// <summary>The structure, a <c>.pdb</c> file without missing heavy atoms; hydrogens in it are ignored and made anew.</summary>
    public required SourceFile Structure { get; init; }

    /// <summary>Run parameters for the run input that genion reads; nothing is run with them. No placeholders.</summary>
    public required SourceFile IonParameters { get; init; }

    /// <summary>The force field's name, as its folder without <c>.ff</c>. Default <c>amber99sb-ildn</c>.</summary>
    public string ForceField { get; init; } = "amber99sb-ildn";

    /// <summary>The water model's name, as <c>pdb2gmx -water</c> takes it. Default <c>tip3p</c>; three-site models fit the solvent box used here.</summary>
    public string Water { get; init; } = "tip3p";

    /// <summary>The least distance from the solute to the box, in nm; above 0, default 0.8.</summary>
    public double BoxDistance { get; init; } = 0.8;

    /// <summary>The box: <c>triclinic</c>, <c>cubic</c>, <c>dodecahedron</c> or <c>octahedron</c>. Default <c>dodecahedron</c>.</summary>
    public string BoxType { get; init; } = "dodecahedron";

    /// <summary>The salt's concentration besides the neutralising ions, in mol/L; 0 or more, default 0.15.</summary>
    public double Concentration { get; init; } = 0.15;

    /// <summary>The seed that places the ions; at least 1 (0 would draw one), default 7.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Where <c>system.gro</c>, <c>topol.top</c> and <c>posre.itp</c> are published, relative to the workspace; null (the default): nowhere.</summary>
    public string? PublishTo { get; init; }

    /// <inheritdoc/>
    public override PreparedSystem Define(StepBuilder steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        Check(steps);
        var molecule = AddTopology(steps);
        var solvated = AddSolvent(steps, molecule, AddBox(steps, molecule));
        var system = AddIons(steps, solvated, AddIonRunInput(steps, solvated));
        return new PreparedSystem(system.File("system.gro"), system.File("topol.top"), molecule.File("posre.itp"));
    }

    // Of seeds: 0 would draw one.
    private void Check(StepBuilder steps)
    {
        steps.CheckOption(ForceField, ForceField.Length > 0, "the force field's name");
        steps.CheckOption(Water, Water.Length > 0, "the water model's name");
        steps.CheckOption(BoxDistance, BoxDistance > 0 && double.IsFinite(BoxDistance), "a length above 0, in nm");
        steps.CheckOption(BoxType, BoxTypes.Contains(BoxType, StringComparer.Ordinal), "one of " + string.Join(", ", BoxTypes));
        steps.CheckOption(Concentration, Concentration >= 0 && double.IsFinite(Concentration), "a concentration from 0, in mol/L");
        steps.CheckOption(Seed, Seed >= 1, "a whole number from 1");
    }

    private Step AddTopology(StepBuilder steps) => Gmx
        .Run(
            steps.Step("pdb2gmx").Input("structure.pdb", Structure),
            "pdb2gmx", "-f", "structure.pdb", "-ff", ForceField, "-water", Water, "-ignh",
            "-o", "conf.gro", "-p", "topol.top", "-i", "posre.itp")
        .Output("conf.gro")
        .Output("topol.top", TopologyIdentity.Instance)
        .Output("posre.itp", TopologyIdentity.Instance, Published("posre.itp"));

    private Step AddBox(StepBuilder steps, Step molecule) => Gmx
        .Run(
            steps.Step("editconf").Input("conf.gro", molecule.File("conf.gro")),
            "editconf", "-f", "conf.gro", "-o", "boxed.gro", "-c", "-d", Gmx.Text(BoxDistance), "-bt", BoxType)
        .Output("boxed.gro");

    private Step AddSolvent(StepBuilder steps, Step molecule, Step box) => Gmx
        .Run(
            steps.Step("solvate").Input("boxed.gro", box.File("boxed.gro")).Edit("topol.top", molecule.File("topol.top")),
            "solvate", "-cp", "boxed.gro", "-cs", "spc216.gro", "-p", "topol.top", "-o", "solvated.gro")
        .Output("solvated.gro")
        .Output("topol.top", TopologyIdentity.Instance);

    // posre.itp is not needed here: the topology includes it only under -DPOSRES, which no parameters for ions define.
    private Step AddIonRunInput(StepBuilder steps, Step solvated) => Gmx
        .Run(
            steps.Step("ions.grompp")
                .Input("ions.mdp", IonParameters, MdpIdentity.Instance)
                .Input("solvated.gro", solvated.File("solvated.gro"))
                .Input("topol.top", solvated.File("topol.top")),
            "grompp", "-f", "ions.mdp", "-c", "solvated.gro", "-p", "topol.top", "-o", "ions.tpr", "-po", "ions.out.mdp")
        .Output("ions.tpr", RunFiles.OfAction);

    private Step AddIons(StepBuilder steps, Step solvated, Step runInput) => Gmx
        .Run(
            steps.Step("genion").Input("ions.tpr", runInput.File("ions.tpr")).Edit("topol.top", solvated.File("topol.top")),
            "genion", "-s", "ions.tpr", "-p", "topol.top", "-o", "system.gro", "-pname", "NA", "-nname", "CL",
            "-neutral", "-conc", Gmx.Text(Concentration), "-seed", Gmx.Text(Seed))
        .Answering("SOL\n")
        .Output("system.gro", publish: Published("system.gro"))
        .Output("topol.top", TopologyIdentity.Instance, Published("topol.top"));

    private string? Published(string name) => PublishTo is null ? null : $"{PublishTo}/{name}";
}
