namespace ScaleMs.Recipes.Gromacs.Tests;

public sealed class MdpIdentityTests
{
    private const string Parameters = "; at date Sat Nov 21\nnsteps        = 200 ; short\nref-t         = 290 290\n";

    [Theory]
    [InlineData("nsteps = 200\nref-t = 290 290\n")]
    [InlineData("\n; new\n  nsteps\t=  200;long\r\n\nref-t = 290 290")]
    public void Identity_CommentsAndBlanksChange_Stays(string other) =>
        Assert.Equal(MdpIdentity.Instance.Identity(Parameters), MdpIdentity.Instance.Identity(other));

    [Theory]
    [InlineData("nsteps = 201\nref-t = 290 290\n")]
    [InlineData("nsteps = 200\nref-t = 290290\n")]
    [InlineData("nsteps = 200\n;ref-t = 290 290\n")]
    public void Identity_SettingChanges_Differs(string other) =>
        Assert.NotEqual(MdpIdentity.Instance.Identity(Parameters), MdpIdentity.Instance.Identity(other));

    [Theory]
    [InlineData("gen-vel = no\ngen-seed = -1\n", "gen-vel = no\ngen-seed = -2\n", true)]
    [InlineData("gen_vel = no\ngen_seed = -1\n", "gen_vel = no\ngen_seed = -2\n", true)]
    [InlineData("gen-vel = yes\ngen-seed = -1\n", "gen-vel = yes\ngen-seed = -2\n", false)]
    [InlineData("gen-seed = -1\ngen-vel = no\n", "gen-seed = -2\ngen-vel = no\n", false)]
    [InlineData("gen-vel = no\nld-seed = -1\n", "gen-vel = no\nld-seed = -2\n", false)]
    public void Identity_SeedOfVelocities_CountsOnlyWhereTheyAreDrawn(string first, string second, bool areEqual) =>
        Assert.Equal(areEqual, MdpIdentity.Instance.Identity(first) == MdpIdentity.Instance.Identity(second));

    [Fact]
    public void Fields_OfParameters_AreTheSettingsByName() => Assert.Equal(
        ["nsteps: 200", "ref-t: 290 290", "define: -DPOSRES -DB=1"],
        MdpIdentity.Instance.Fields(Parameters + "Define = -DPOSRES  -DB=1\n; end\n")!.Select(field => $"{field.Key}: {field.Value}"));

    [Fact]
    public void Identity_TwoRunsOfGrompp_AreEqual()
    {
        InstalledGmx.IsNeeded();
        using var first = new WaterBox(1);
        using var second = new WaterBox(1);
        using var other = new WaterBox(2);
        Assert.NotEqual(first.Space.Text("run.out.mdp"), second.Space.Text("run.out.mdp"));
        Assert.Equal(MdpIdentity.Instance.Identity(first.Space.Text("run.out.mdp")), MdpIdentity.Instance.Identity(second.Space.Text("run.out.mdp")));
        Assert.NotEqual(MdpIdentity.Instance.Identity(first.Space.Text("run.out.mdp")), MdpIdentity.Instance.Identity(other.Space.Text("run.out.mdp")));
    }
}
