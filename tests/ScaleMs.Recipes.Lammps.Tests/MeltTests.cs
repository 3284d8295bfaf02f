using ScaleMs.Core.Events;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Planning;
using ScaleMs.Engine.Running;
using ScaleMs.Engine.Tests;

namespace ScaleMs.Recipes.Lammps.Tests;

/// <summary>A small study with the real program: a crystal melts.</summary>
public sealed class MeltTests : IDisposable
{
    private readonly TestStudy _study = new();
    private int _steps = 200;
    private double _temperature = 3.0;
    private int _every = 100;
    private int _thermoTable;
    private string? _suffix;
    private int _ranks = 1;
    private Mpirun _mpirun = new();

    public MeltTests()
    {
        InstalledLmp.IsNeeded();
        _study.Write("melt.in", TestFiles.Text("melt.in"));
    }

    public void Dispose() => _study.Dispose();

    private void Define(StepBuilder steps)
    {
        var melt = steps.Use("melt", new Script
        {
            Lmp = new Lmp(),
            Input = new SourceFile("melt.in"),
            Variables = { ["T"] = _temperature, ["STEPS"] = _steps, ["EVERY"] = _every },
            Outputs = ["final.data"],
            Restart = "state.restart",
            Suffix = _suffix,
            Ranks = _ranks,
            Mpirun = _mpirun,
            PublishTo = "results",
        });
        steps.Use("table", new Thermo { Log = melt.Log, Table = _thermoTable, PublishAs = "results/thermo.csv" });
    }

    [Fact]
    public void Melt_FreshAgainAndChanged_RunsWhatItMust()
    {
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.Equal("t/melt.lmp t/table.thermo", _study.Ran);
        Assert.StartsWith("Step,Temp,PotEng,TotEng,Press\n0,3,-6.7733681,", _study.Read("results/thermo.csv"), StringComparison.Ordinal);
        Assert.Contains("256 atoms", _study.Read("results/final.data"), StringComparison.Ordinal);

        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);

        _thermoTable = 1;
        _study.Run(Define);
        Assert.Equal("t/table.thermo", _study.Ran);

        _temperature = 2.5;
        _study.Run(Define);
        Assert.Equal("t/melt.lmp t/table.thermo", _study.Ran);
        Assert.Contains("\n0,2.5,", _study.Read("results/thermo.csv"), StringComparison.Ordinal);
        Assert.Contains("2.5", _study.ReasonOf("t/melt.lmp"), StringComparison.Ordinal);
    }

    [Fact]
    public void Melt_MadeAgain_IsTheSameButForTheClock()
    {
        _study.Run(Define);
        _study.Run(Define, request => request with { Selection = request.Selection with { Rerun = [new Core.Planning.Selection.StepPattern("t/melt.lmp")] } });
        Assert.Equal("t/melt.lmp", _study.Ran);
        Assert.Equal(Outcome.UpToDate, _study.StepOf("t/table.thermo").Outcome);
    }

    [Fact]
    public void Melt_WithASuffix_IsAnotherRun()
    {
        _study.Run(Define);
        _suffix = "opt";
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.StartsWith("t/melt.lmp", _study.Ran, StringComparison.Ordinal);
    }

    [Fact]
    public void Melt_OnTwoRanks_IsAnotherRunOfTheSamePhysics()
    {
        InstalledLmp.MpirunIsNeeded();
        _study.Run(Define);
        var alone = _study.Read("results/thermo.csv").Split('\n')[1];

        _ranks = 2;
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.StartsWith("t/melt.lmp", _study.Ran, StringComparison.Ordinal);
        Assert.Contains("what starts command[0] is new", _study.ReasonOf("t/melt.lmp"), StringComparison.Ordinal);
        Assert.Contains("MPI processor grid", _study.Read("results/log.lammps"), StringComparison.Ordinal);
        Assert.DoesNotContain("1 by 1 by 1 MPI", _study.Read("results/log.lammps"), StringComparison.Ordinal);
        Assert.Equal(alone, _study.Read("results/thermo.csv").Split('\n')[1]);

        _study.Run(Define);
        Assert.Equal(string.Empty, _study.Ran);
    }

    [Fact]
    public void Melt_OnMoreRanksThanCores_Runs()
    {
        InstalledLmp.MpirunIsNeeded();
        _ranks = Environment.ProcessorCount + 1;
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.Contains($" {_ranks} MPI processor grid", _study.Read("results/log.lammps"), StringComparison.Ordinal);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Melt_WhoseRanksDoNotFindEachOther_Fails()
    {
        _study.Write("mpirun", "#!/bin/sh\nshift 2\nexec \"$@\"\n");
        File.SetUnixFileMode(_study.PathOf("mpirun"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (_ranks, _mpirun) = (2, new Mpirun(_study.PathOf("mpirun")));
        Assert.Equal(ExitCodes.Failed, _study.Run(Define).ExitCode);
        Assert.Contains("the 2 ranks did not share the work", _study.StepOf("t/melt.lmp").Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Melt_KilledAfterARestart_GoesOnFromItToTheSameTable(int ranks)
    {
        if (ranks > 1)
        {
            InstalledLmp.MpirunIsNeeded();
        }

        (_steps, _every, _ranks) = (6_000, 500, ranks);
        using var cancellation = new CancellationTokenSource();
        _study.Ports = ports => ports with { Observers = [.. ports.Observers, new Stop(cancellation)] };
        var run = await Task.Run(() => _study.Run(Define, cancellation: cancellation.Token), CancellationToken.None);
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);

        _study.Ports = ports => ports;
        Assert.Equal(0, _study.Run(Define).ExitCode);
        Assert.True(_study.StepOf("t/melt.lmp").IsContinued);
        var rows = _study.Read("results/thermo.csv").Split('\n')[1..^1].Select(row => row.Split(',')).ToList();
        Assert.Equal(Enumerable.Range(0, 121).Select(row => $"{row * 50}"), rows.Select(row => row[0]));

        // Energy is conserved across the interruption, as by any integrator of NVE.
        Assert.All(rows, row => Assert.InRange(double.Parse(row[3], System.Globalization.CultureInfo.InvariantCulture), -2.32, -2.27));
    }

    [Fact]
    public void Melt_OfAScriptWithAMistake_FailsWithItsMessage()
    {
        _study.Write("melt.in", TestFiles.Text("melt.in").Replace("lj/cut 2.5", "lj/kut 2.5", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Failed, _study.Run(Define).ExitCode);
        var failure = _study.StepOf("t/melt.lmp").Failure!;
        Assert.Equal((FailureClass.ToolError, 1), (failure.Class, failure.ExitCode));
        Assert.Contains("lj/kut", string.Concat(failure.LogTail ?? []), StringComparison.Ordinal);
    }

    [Fact]
    public void Melt_ThatStopsAtItsOwnTimeLimit_Fails()
    {
        _steps = 1_000_000;
        _study.Write("melt.in", TestFiles.Text("melt.in").Replace("run  ", "timer timeout 0:00:01 every 50\nrun  ", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Failed, _study.Run(Define).ExitCode);
        Assert.Contains("its own time limit", _study.StepOf("t/melt.lmp").Failure!.Message, StringComparison.Ordinal);
    }

    /// <summary>Interrupts the run when a restart was written and some rows came after it.</summary>
    private sealed class Stop(CancellationTokenSource cancellation) : IRunObserver
    {
        public void On(RunEvent runEvent)
        {
            if (runEvent is RunEvent.StepProgressed { Progress: { Done: >= 1_250, Total: 6_000 } })
            {
                cancellation.Cancel();
            }
        }
    }
}
