using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>References point downwards only, in project files and in the assemblies built from them; tests may refer to anything.</summary>
public sealed class DependencyTests
{
    public static TheoryData<string> Shipped => Projects.In("src", "recipes", "workflows");

    public static TheoryData<string> BelowCake =>
        [.. Project.All.Where(project => project.Folder != "tests" && !project.UsesCake).Select(project => project.Name)];

    private static IEnumerable<Project> Sources => Project.All.Where(project => project.Folder == "src");

    [Fact]
    public void Projects_UnderSrc_AllHaveAPlaceInTheRule() =>
        Assert.Empty(Sources.Select(project => project.Name).Except(DependencyRule.Names));

    [Fact]
    public void Projects_UnderSrc_AreOnTheArchitecturePage()
    {
        var page = Repository.Read("ARCHITECTURE.md");
        Assert.All(Sources, project => Assert.Contains($"`src/{project.Name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void ProjectFile_OfAnyProject_RefersDownwardsOnly(string name)
    {
        var project = Project.Of(name);
        Assert.Empty(project.References.Except(DependencyRule.MayRefer(project)));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Assembly_OfAnyProject_UsesOnlyWhatItMay(string name)
    {
        using var assembly = Projects.Built(name);
        var project = Project.Of(name);
        var ours = Project.All.ToDictionary(other => other.AssemblyName, other => other.Name);
        var used = assembly.References.Where(ours.ContainsKey).Select(reference => ours[reference]);
        Assert.Empty(used.Except(DependencyRule.MayUse(project)));
    }

    [Fact]
    public void ProjectFiles_ThatMayKnowCake_AreThoseAboveTheEngine() => Assert.Equal(
        ["ScaleMs.Cake", "ScaleMs.Cake.Module", "ScaleMs.Frosting", "ScaleMs.Testing"],
        Sources.Where(project => project.UsesCake).Select(project => project.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(BelowCake))]
    public void Assembly_ThatDoesNotUseCake_KnowsNothingOfIt(string name)
    {
        using var assembly = Projects.Built(name);
        Assert.DoesNotContain(assembly.References, reference => reference.Split('.')[0] is "Cake" or "Spectre");
    }

    [Fact]
    public void PackageVersions_InProjectFiles_AreCentral() => Assert.All(
        Project.All.SelectMany(project => project.Items("PackageReference")),
        reference => Assert.Null(reference.Attribute("Version")));
}
