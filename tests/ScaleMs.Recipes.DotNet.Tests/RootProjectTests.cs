using ScaleMs.Recipes.DotNet.Tests.AtRoot;
using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>A project whose folder is the workspace: all is its own, but what is made there.</summary>
public sealed class RootProjectTests
{
    private static readonly string[] s_afterBuild = ["root/test[project=All.Tests]", "root/pack[project=All.Tests]"];

    private readonly WorkflowTest _project = WorkflowTest.OfTarget<RootContext>("root")
        .Holds("All.Tests.csproj", """<Project><Import Project="../Beyond.props" Condition="false" /><ItemGroup><Compile Include="$(Anywhere)/*.cs" /></ItemGroup></Project>""")
        .Holds("Tests.cs", "old");

    public RootProjectTests() => _project.Run().Executed(["root/restore[project=All.Tests]", "root/build[project=All.Tests]", .. s_afterBuild]);

    [Fact]
    public void Project_AtTheRootThatPublishes_DoesNotTakeItsOwnResultsForSources()
    {
        Assert.NotNull(_project.Text("artifacts/tests/All.Tests.trx"));
        _project.Run().ExecutesNothing();
        _project.Holds("artifacts/other.cs", "new").Holds("bin/Debug/net10.0/All.Tests.dll", "new").Holds("obj/project.assets.json", "{}").Run().ExecutesNothing();
    }

    [Theory]
    [InlineData("Tests.cs")]
    [InlineData("below/More.cs")]
    public void Source_AnywhereBelow_ReachesIt(string path) => _project.Holds(path, "new").Run().Executed(["root/build[project=All.Tests]", .. s_afterBuild]);
}
