using System.Globalization;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>Structures and trajectories of real runs, a little apart.</summary>
public sealed class PositionToleranceTests : IDisposable
{
    private const string Parameters = "integrator = md\ndt = 0.001\nnsteps = 10\nnstxout-compressed = 5\nnstxout = 5\ncoulombtype = PME\nrcoulomb = 0.9\nrvdw = 0.9\nnstcalcenergy = 5\nnstenergy = 5\n";

    private readonly TestStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Run_FromAStartThatIsALittleApart_SparesItsReaders()
    {
        Begin();
        _study.Run(Define);
        Assert.Equal("t/box t/energy.energy t/md.grompp t/md.mdrun t/read", _study.Ran);
        var published = File.ReadAllBytes(_study.PathOf("md.xtc"));

        Shift(0.001);
        _study.Run(Define);
        Assert.Equal("t/box t/energy.energy t/md.grompp t/md.mdrun", _study.Ran);
        Assert.Equal("t/read", _study.Of(Outcome.UpToDate));
        Assert.Equal(published, File.ReadAllBytes(_study.PathOf("md.xtc")));
    }

    [Fact]
    public void Run_FromAStartFurtherApart_TellsTheAtomsPositions()
    {
        Begin();
        _study.Run(Define);
        Shift(0.050);
        _study.Run(Define);
        Assert.Equal("t/box t/energy.energy t/md.grompp t/md.mdrun t/read", _study.Ran);
        Assert.Matches(@"column \d in run\.xtc row \d+ \(x\[ \d+\]\): [-0-9.e+]+ → [-0-9.e+]+, tolerance 0\.02", _study.ReasonOf("t/read"));
    }

    [Fact]
    public void Trajectory_ThatIsNone_FailsTheStep()
    {
        InstalledGmx.IsNeeded();
        _study.Run(steps => steps.Step("make").Tool(new Gmx().Tool).Tool("sh").Run("sh", "-c", "echo no frames > run.xtc").Output("run.xtc", PositionTolerance.Trajectory(0.01)));
        Assert.StartsWith("the filter 'gmx -quiet dump -f run.xtc' of output 'run.xtc' ended with exit code ", _study.StepOf("t/make").Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(0.5)]
    public void Tolerance_ThatIsNoneForPositions_IsRefused(double nanometres)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PositionTolerance.Structure(nanometres));
        Assert.Throws<ArgumentOutOfRangeException>(() => PositionTolerance.Trajectory(nanometres));
    }

    /// <summary>All positions may differ by 0.02 nm; energies may differ as they do in so short a run.</summary>
    private static void Define(StepBuilder steps)
    {
        var gmx = new Gmx();
        var box = steps.Step("box").Tool("cp").Input("in.gro", new SourceFile("conf.gro")).Input("in.top", new SourceFile("topol.top"))
            .Run("cp", "in.gro", "conf.gro").Run("cp", "in.top", "topol.top").Output("conf.gro").Output("topol.top");
        var md = steps.Use("md", new MdStage
        {
            Gmx = gmx,
            Parameters = new SourceFile("run.mdp"),
            Structure = box.File("conf.gro"),
            Topology = box.File("topol.top"),
            Tolerance = 0.02,
            VelocityTolerance = 5,
            WritesFullTrajectory = true,
            PublishAs = "md",
        });
        steps.Use("energy", new Energy { Gmx = gmx, Energies = md.Energies, Terms = ["Potential"], Tolerance = new ToleranceIdentity(relative: 0.05) });
        steps.Step("read").Tool("sh").Input("run.xtc", md.Trajectory).Input("run.gro", md.Structure).Run("sh", "-c", "cat run.xtc run.gro | wc -c > out.txt").Output("out.txt", publish: "out.txt");
    }

    private void Begin()
    {
        InstalledGmx.IsNeeded();
        using var water = new WaterBox(1);
        File.Copy(water.Space.Path("conf.gro"), _study.PathOf("conf.gro"));
        File.Copy(water.Space.Path("topol.top"), _study.PathOf("topol.top"));
        _study.Write("run.mdp", Parameters);
    }

    /// <summary>Moves the first molecule along x.</summary>
    private void Shift(double nanometres)
    {
        var lines = File.ReadAllLines(_study.PathOf("conf.gro"));
        for (var atom = 2; atom < 5; atom++)
        {
            var x = double.Parse(lines[atom].AsSpan(20, 8), CultureInfo.InvariantCulture) + nanometres;
            lines[atom] = string.Concat(lines[atom].AsSpan(0, 20), x.ToString("F3", CultureInfo.InvariantCulture).PadLeft(8), lines[atom].AsSpan(28));
        }

        File.WriteAllLines(_study.PathOf("conf.gro"), lines);
    }
}
