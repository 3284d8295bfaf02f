namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>213 molecules of water, 100 steps: a real run in a fifth of a second.</summary>
internal sealed class WaterBox : IDisposable
{
    private const string Topology = """
        #include "amber99sb-ildn.ff/forcefield.itp"
        #include "amber99sb-ildn.ff/tip3p.itp"

        [ system ]
        Water box

        [ molecules ]

        """;

    private const string Parameters = """
        ; Water, @seed@
        integrator = md
        dt = 0.002
        nsteps = 100
        nstlog = 50
        nstenergy = 50
        nstcalcenergy = 50
        nstxout-compressed = 50
        coulombtype = PME
        rcoulomb = 0.9
        rvdw = 0.9
        constraints = h-bonds
        tcoupl = V-rescale
        tc-grps = System
        tau-t = 0.1
        ref-t = 300
        ld-seed = @seed@
        gen-vel = yes
        gen-temp = 300
        gen-seed = @seed@

        """;

    public WaterBox(int seed, params string[] mdrun)
    {
        File.WriteAllText(Space.Path("topol.top"), Topology);
        File.WriteAllText(Space.Path("run.mdp"), Parameters.Replace("@seed@", $"{seed}", StringComparison.Ordinal));
        InstalledGmx.Run(Space, "solvate", "-cs", "spc216.gro", "-box", "1.9", "1.9", "1.9", "-p", "topol.top", "-o", "conf.gro");
        InstalledGmx.Run(Space, "grompp", "-f", "run.mdp", "-c", "conf.gro", "-p", "topol.top", "-o", "run.tpr", "-po", "run.out.mdp");
        Progress = InstalledGmx.Run(Space, ["mdrun", "-deffnm", "run", "-v", "-reprod", "-ntmpi", "1", "-ntomp", "1", "-pin", "off", .. mdrun]);
    }

    public TestSpace Space { get; } = new();

    /// <summary>What mdrun printed on standard error.</summary>
    public string Progress { get; }

    public void Dispose() => Space.Dispose();
}
