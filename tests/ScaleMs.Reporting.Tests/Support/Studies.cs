using ScaleMs.Core.Failures;

namespace ScaleMs.Reporting.Tests.Support;

/// <summary>Runs that several tests look at.</summary>
internal static class Studies
{
    public static readonly Failure GmxFailed = new(
        FailureClass.ToolError,
        "gmx ended with exit code 1",
        ExitCode: 1,
        Command: "gmx -quiet -nobackup mdrun -deffnm run -ntmpi 1 -ntomp 1 'a b.gro'",
        LogPath: ".scalems/runs/20260314-120000-1/simulate-mdrun-replica-3.log",
        LogTail: [.. Enumerable.Range(1, 22).Select(i => $"log line {i}"), "\e[31mFatal error:\e[0m\tStep 40: the system is not [well] equilibrated\r"]);

    public static Script Fresh(this Script script) => script
        .Begin(5)
        .Plan(["prepare/topology", "prepare/solvate"], "simulate/mdrun[replica=1]", "simulate/mdrun[replica=2]", "analyse/table")
        .Run("prepare/topology", 0.4)
        .Run("prepare/solvate", 2.34)
        .Start("simulate/mdrun[replica=1]").Start("simulate/mdrun[replica=2]")
        .After(20).Tell("simulate/mdrun[replica=1]", 800, 2500, "41.8 ns/day")
        .After(20).Tell("simulate/mdrun[replica=1]", 1600, 2500, "41.8 ns/day")
        .After(15).Tell("simulate/mdrun[replica=1]", 2200, 2500, "41.8 ns/day")
        .After(17).Execute("simulate/mdrun[replica=1]", 72)
        .After(1).Execute("simulate/mdrun[replica=2]", 73)
        .Run("analyse/table", 0.04)
        .End();

    public static Script NullRun(this Script script)
    {
        script.Begin(36).Plan([]);
        for (var i = 1; i <= 36; i++)
        {
            script.UpToDate(i <= 4 ? $"prepare/step{i}" : $"simulate/mdrun[replica={i - 4}]", 2);
        }

        return script.After(0.2).End();
    }

    public static Script OneChange(this Script script) => script
        .Begin(5)
        .UpToDate("prepare/topology", 0.4).UpToDate("prepare/solvate", 2.3)
        .Plan(["simulate/mdrun[replica=2]"], "analyse/table")
        .UpToDate("simulate/mdrun[replica=1]", 72)
        .Run("simulate/mdrun[replica=2]", 71.9, "ref_t in run.mdp: 300 → 310")
        .Run("analyse/table", 0.2, "input energy/2.xvg changed")
        .End();

    public static Script KeepGoing(this Script script) => script
        .Begin(5)
        .UpToDate("prepare/topology", 0.4)
        .Plan(["simulate/mdrun[replica=1]", "simulate/mdrun[replica=3]"], "analyse/energy[replica=3]", "analyse/table")
        .Start("simulate/mdrun[replica=1]").Start("simulate/mdrun[replica=3]")
        .After(3.1).Fail("simulate/mdrun[replica=3]", 3.1, GmxFailed)
        .Settle("analyse/energy[replica=3]", Core.Planning.Outcome.Blocked, "waits for simulate/mdrun[replica=3]")
        .Settle("analyse/table", Core.Planning.Outcome.Blocked, "waits for analyse/energy[replica=3]")
        .After(5.1).Execute("simulate/mdrun[replica=1]", 8.2)
        .End("failed");
}
