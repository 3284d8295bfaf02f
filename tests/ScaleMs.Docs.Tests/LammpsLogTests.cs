using System.Diagnostics;
using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using Xunit;

namespace ScaleMs.Docs.Tests;

public sealed class LammpsLogTests
{
    private const string Log = """
        LAMMPS (2 Aug 2023)
        units lj
           Step          Temp          E_pair
                 0   1.44          -6.7733681
               100   0.7574531     -5.7585055
        Loop time of 0.310 on 1 procs for 100 steps with 4000 atoms
        Performance: 139,000 tau/day, 322 timesteps/s
        98.7% CPU use with 1 MPI tasks x 1 OpenMP threads
        Section |  min time  |  avg time  |  max time  |%varavg| %total
        Pair    | 0.26       | 0.26       | 0.26       |   0.0 | 84.11
        Nlocal:           4000 ave        4000 max        4000 min
        Total wall time: 0:00:00
        """;

    [Theory]
    [InlineData("0.310 on", "0.911 on", true)]
    [InlineData("2 Aug 2023", "29 Aug 2024", true)]
    [InlineData("| 0.26 ", "| 0.31 ", true)]
    [InlineData("\n", "\r\n", true)]
    [InlineData("-5.7585055", "-5.7585056", false)]
    [InlineData("units lj", "units metal", false)]
    public void Log_OfTwoRuns_ComparesThePhysics(string text, string other, bool isSame)
    {
        var changed = Log.Replace(text, other, StringComparison.Ordinal);
        Assert.NotEqual(Log, changed);
        Assert.Equal(isSame, Of(LammpsLog.Identity, Log) == Of(LammpsLog.Identity, changed));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Log)]
    [InlineData("LAMMPS (x)\r\nPair coeff\r\nPair | 1\r\r\nend")]
    public void ShellFilter_OfTheLog_TellsTheSame(string log)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The filter is for POSIX.");
        Assert.Equal(Of(LammpsLog.Identity, log), Digest.OfText(Filtered(LammpsLog.Identity.ShellFilter!, log)));
    }

    private static Digest Of(ContentIdentity identity, string text)
    {
        var digester = identity.Start();
        digester.Append(Encoding.UTF8.GetBytes(text));
        return digester.Finish();
    }

    private static string Filtered(string filter, string text)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", filter]) { RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Write(text);
        shell.StandardInput.Close();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
