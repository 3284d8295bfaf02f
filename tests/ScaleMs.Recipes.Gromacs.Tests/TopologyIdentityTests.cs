namespace ScaleMs.Recipes.Gromacs.Tests;

public sealed class TopologyIdentityTests
{
    private const string Topology = ";\tAt date: Sat Nov 21 07:09:02 2026\n;\n#include \"amber99sb-ildn.ff/forcefield.itp\"\n[ molecules ]\nSOL   2261 ; water\n";

    [Theory]
    [InlineData("Sat Nov 21", "Sun Nov 22")]
    [InlineData(";\n", "; one more\n  ; and another\n")]
    public void Identity_CommentLineChanges_Stays(string before, string after) =>
        Assert.Equal(TopologyIdentity.Instance.Identity(Topology), TopologyIdentity.Instance.Identity(Topology.Replace(before, after, StringComparison.Ordinal)));

    [Theory]
    [InlineData("2261", "2262")]
    [InlineData("ildn", "ilnd")]
    [InlineData("[ molecules ]\n", "[ molecules ]\n\n")]
    public void Identity_OtherLineChanges_Differs(string before, string after) =>
        Assert.NotEqual(TopologyIdentity.Instance.Identity(Topology), TopologyIdentity.Instance.Identity(Topology.Replace(before, after, StringComparison.Ordinal)));

    [Fact]
    public void Identity_TwoRunsOfPdb2gmx_AreEqual()
    {
        InstalledGmx.IsNeeded();
        var (first, second) = (Pdb2gmx("tip3p"), Pdb2gmx("tip3p"));
        Assert.NotEqual(first, second);
        Assert.Equal(TopologyIdentity.Instance.Identity(first), TopologyIdentity.Instance.Identity(second));
        Assert.NotEqual(TopologyIdentity.Instance.Identity(first), TopologyIdentity.Instance.Identity(Pdb2gmx("spce")));
    }

    private static string Pdb2gmx(string water)
    {
        using var space = new TestSpace();
        File.Copy(TestFiles.Path("crambin.pdb"), space.Path("structure.pdb"));
        InstalledGmx.Run(
            space, "pdb2gmx", "-f", "structure.pdb", "-ff", "amber99sb-ildn", "-water", water, "-ignh", "-o", "conf.gro", "-p", "topol.top", "-i", "posre.itp");
        return space.Text("topol.top");
    }
}
