using System.Diagnostics;
using ScaleMs.Core.Digests;

namespace ScaleMs.Recipes.Lammps.Tests;

public sealed class LogIdentityTests
{
    private static readonly string Log = TestFiles.Text("log.lammps");

    [Theory]
    [InlineData("Loop time of ", "Loop time of 1", true)]
    [InlineData("LAMMPS (29 Sep 2021", "LAMMPS (2 Aug 2023", true)]
    [InlineData("Pair    | ", "Pair    | 1", true)]
    [InlineData("Total wall time: 0:00:0", "Total wall time: 1:00:0", true)]
    [InlineData("create_atoms CPU = 0.0", "create_atoms CPU = 7.0", true)]
    [InlineData("\n", "\r\n", true)]
    [InlineData("units        lj", "units        real", false)]
    [InlineData("-2.27", "-2.28", false)]
    [InlineData("every 1 delay 0", "every 1 delay 5", false)]
    public void Log_OfTwoRuns_ComparesThePhysics(string text, string other, bool isSame)
    {
        var changed = Log.Replace(text, other, StringComparison.Ordinal);
        Assert.NotEqual(Log, changed);
        Assert.Equal(isSame, TestFiles.Of(LogIdentity.Instance, Log) == TestFiles.Of(LogIdentity.Instance, changed));
    }

    [Theory]
    [InlineData("log.lammps")]
    [InlineData("timeout.out")]
    public void ShellFilter_OfTheLog_TellsTheSame(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The filter is for POSIX.");
        var log = TestFiles.Text(name);
        Assert.Equal(TestFiles.Of(LogIdentity.Instance, log), Digest.OfText(Filtered(log)));
    }

    private static string Filtered(string text)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", LogIdentity.Instance.ShellFilter!]) { RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Write(text);
        shell.StandardInput.Close();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
