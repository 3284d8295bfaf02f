namespace ScaleMs.Recipes.Gromacs.Tests;

public sealed class LogIdentityTests
{
    private static readonly string Log = TestFiles.Text("prod-log.txt");

    [Theory]
    [InlineData("Working dir:  /home/user/study/sm_21/rep0", "Working dir:  /scratch/17")]
    [InlineData("Process ID:   24257", "Process ID:   7")]
    [InlineData("-deffnm prod -v", "-deffnm run -v -cpi run.cpt")]
    [InlineData("Started mdrun on rank 0 Sat Nov 21 04:31:09 2026", "Started mdrun on rank 0 Sun Nov 22 05:00:00 2026")]
    [InlineData("Finished mdrun on rank 0 Sat Nov 21 04:31:11 2026", "Finished mdrun on rank 0 Sun Nov 22 05:00:02 2026")]
    [InlineData("Writing checkpoint, step 200 at Sat Nov 21 04:31:11 2026", "Writing checkpoint, step 200 at Sun Nov 22 05:00:02 2026")]
    [InlineData("Total                                          1.759", "Total                                          9.876")]
    [InlineData("Performance:       19.741", "Performance:       22.222")]
    [InlineData("Numa nodes:", "NUMA:")]
    [InlineData("\n           Step           Time\n            100", "\nWriting checkpoint, step 80 at Sun Nov 22 05:00:01 2026\n\n\n           Step           Time\n            100")]
    [InlineData("Using 1 OpenMP thread \n", "Using 1 OpenMP thread \n\nNOTE: Thread affinity was not set.\n")]
    public void Identity_PassingFactChanges_Stays(string before, string after) =>
        Assert.Equal(LogIdentity.Instance.Identity(Log), LogIdentity.Instance.Identity(Changed(before, after)));

    [Theory]
    [InlineData("-9.97068e+04", "-9.97069e+04")]
    [InlineData("   nsteps                         = 200", "   nsteps                         = 201")]
    [InlineData("Conserved energy drift: 1.62e-02", "Conserved energy drift: 1.63e-02")]
    [InlineData("rlist from 0.927", "rlist from 0.928")]
    public void Identity_PhysicalLineChanges_Differs(string before, string after) =>
        Assert.NotEqual(LogIdentity.Instance.Identity(Log), LogIdentity.Instance.Identity(Changed(before, after)));

    [Fact]
    public void Identity_ContinuedRun_LeavesOutTheSecondHeader()
    {
        var first = Continued("Working dir:  /a", "Sat Nov 21 07:10:25 2026");
        var second = Continued("Working dir:  /b", "Sat Nov 28 07:10:25 2026");
        Assert.Equal(LogIdentity.Instance.Identity(first), LogIdentity.Instance.Identity(second));
        Assert.NotEqual(LogIdentity.Instance.Identity(first), LogIdentity.Instance.Identity(first.Replace("-9.97796e+04", "-9.97795e+04", StringComparison.Ordinal)));
    }

    [Fact]
    public void Identity_NoLogOfMdrun_IsThatOfTheBytes()
    {
        Assert.NotEqual(LogIdentity.Instance.Identity("one"), LogIdentity.Instance.Identity("two"));
        Assert.NotEqual(LogIdentity.Instance.Identity(""), LogIdentity.Instance.Identity("two"));
    }

    [Fact]
    public void Identity_TwoReproducibleRuns_AreEqual()
    {
        InstalledGmx.IsNeeded();
        using var first = new WaterBox(1);
        using var second = new WaterBox(1, "-cpt", "0.0001", "-cpi", "run.cpt");
        using var other = new WaterBox(2);
        Assert.NotEqual(first.Space.Text("run.log"), second.Space.Text("run.log"));
        Assert.Equal(LogIdentity.Instance.Identity(first.Space.Text("run.log")), LogIdentity.Instance.Identity(second.Space.Text("run.log")));
        Assert.NotEqual(LogIdentity.Instance.Identity(first.Space.Text("run.log")), LogIdentity.Instance.Identity(other.Space.Text("run.log")));
    }

    private static string Changed(string before, string after)
    {
        var changed = Log.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(Log, changed);
        return changed;
    }

    /// <summary>The header that mdrun writes in the middle of the log when it goes on from a checkpoint.</summary>
    private static string Continued(string directory, string date) => Changed(
        "\n           Step           Time\n            200",
        $"""

        Received the TERM signal, stopping within 40 steps

        Reading checkpoint file run.cpt
          file generated at:     {date}

        -----------------------------------------------------------
        Restarting from checkpoint, appending to previous log file.

        {directory}
        Process ID:   15368

        Started mdrun on rank 0 {date}

                   Step           Time
                    200
        """);
}
