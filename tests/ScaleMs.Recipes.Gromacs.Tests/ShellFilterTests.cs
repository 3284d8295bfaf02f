using System.Diagnostics;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>Each identity that has a shell form tells the same by it, for texts of every kind.</summary>
public sealed class ShellFilterTests
{
    public static TheoryData<string> Texts =>
    [
        string.Empty, "\n", "\r\n", "a", "a\n", "a\r\nb\r\n", "a\r\r\n", "; remark\n", "  ; remark\na\n", "\t;x\n\v;x\n\f;x\n", "a ; remark\n", "a;\n", ";", "\n\n a \n",
        "nsteps   =  50\n", "nsteps=50\n", "\tnsteps\t=\t50 \t; steps\r\n", "gen_vel = no\ngen_seed = 17\n", "GEN-VEL = NO\nGen_Seed = 17\n", "gen-vel = yes\ngen-seed = 17\n",
        "gen-seed = 17\ngen-vel = no\n", "gen-vel = no ; none\ngen-seed   = 1\ngen-seedling = 2\n", "gen-vel=no\ngen-seed = 1\n", "é = ü ; ö\n", "x = 'a \\ \"b\"'\n",
        "[ molecules ]\n; compound\nSOL   2261 ; water\n#include \"a.itp\"\n",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void ShellFilter_OfTheTopologyAndTheParameters_TellsTheSame(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The filters are for POSIX.");
        Assert.Equal(TopologyIdentity.Instance.Identity(text), Digest.OfText(Filtered(TopologyIdentity.Instance, text)));
        Assert.Equal(MdpIdentity.Instance.Identity(text), Digest.OfText(Filtered(MdpIdentity.Instance, text)));
    }

    [Fact]
    public void ShellFilter_OfWhatGromacsWrites_TellsTheSame()
    {
        InstalledGmx.IsNeeded();
        using var water = new WaterBox(3);
        ShellFilter_OfTheTopologyAndTheParameters_TellsTheSame(water.Space.Text("run.out.mdp"));
        ShellFilter_OfTheTopologyAndTheParameters_TellsTheSame(water.Space.Text("topol.top"));
        Assert.NotEmpty(Filtered(MdpIdentity.Instance, water.Space.Text("run.out.mdp")));
    }

    private static string Filtered(ContentIdentity rule, string text)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", rule.ShellFilter!]) { RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } };
        using var shell = Process.Start(start)!;
        var writing = Task.Run(() =>
        {
            shell.StandardInput.Write(text);
            shell.StandardInput.Close();
        });
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        writing.GetAwaiter().GetResult();
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
