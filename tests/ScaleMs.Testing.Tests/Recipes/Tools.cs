namespace ScaleMs.Testing.Tests.Recipes;

/// <summary>A recipe that others use: a box, and a solvent in it.</summary>
internal sealed class Box : Recipe<Artifact>
{
    public double Edge { get; init; } = 2;

    public int Cores { get; init; } = 2;

    public override Artifact Define(StepBuilder steps)
    {
        steps.CheckOption(Edge, Edge > 0, "a length above 0 nm");
        var box = steps.Step("box").Tool("gmx").Run("gmx", "editconf", $"{Edge}").Output("box.gro");
        var solvated = steps.Step("solvate").Input("box.gro", box.File("box.gro")).Tool("gmx").Run("gmx", "solvate").Resources(cpus: Cores, time: "01:00:00").Output("solvated.gro");
        return solvated.File("solvated.gro");
    }
}

/// <summary>Uses the box under a name of its own, and changes a step of it.</summary>
internal sealed class Melt : Recipe<Artifact>
{
    public override Artifact Define(StepBuilder steps)
    {
        var start = steps.Use("prep", new Box(), change => change.Step("box", step => step.Environment("WHO", "melt").Retries(2)));
        return steps.Step("melt").Input("start.gro", start).Tool("gmx").Run("gmx", "mdrun").Output("melt.gro").File("melt.gro");
    }
}

/// <summary>Uses the box too, and takes what another recipe made as a handle.</summary>
internal sealed class Compare(Artifact melted) : Recipe<Artifact>
{
    public override Artifact Define(StepBuilder steps)
    {
        var reference = steps.Use("reference", new Box { Edge = 3 });
        return steps.Step("compare").Input("a.gro", reference).Input("b.gro", melted).Tool("gmx").Run("gmx", "rms").Output("rms.xvg").File("rms.xvg");
    }
}

/// <summary>Goes on when something is known.</summary>
internal sealed class Adaptive : Recipe<Deferred<Artifact>>
{
    public override Deferred<Artifact> Define(StepBuilder steps)
    {
        var list = steps.Step("list").Tool("ls").Run("ls").Output("list.txt");
        return steps.WhenKnown(list.File("list.txt"), (after, _) => after.Step("late").Tool("wc").Run("wc").Output("n.txt").File("n.txt"));
    }
}
