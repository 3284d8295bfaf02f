using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>References point downwards only: in the project files, and in the assemblies that were built from them.</summary>
public sealed class DependencyTests
{
    public static TheoryData<string> Everything => Projects.In("src", "recipes", "workflows", "tests");

    public static TheoryData<string> Shipped => Projects.In("src", "recipes", "workflows");

    public static TheoryData<string> BelowCake =>
        [.. Project.All.Where(project => project.Folder != "tests" && !project.UsesCake).Select(project => project.Name)];

    [Fact]
    public void Projects_UnderSrc_AllHaveAPlaceInTheRule() =>
        Assert.Subset(
            DependencyRule.Names.ToHashSet(),
            Project.All.Where(project => project.Folder == "src").Select(project => project.Name).ToHashSet());

    [Fact]
    public void Projects_UnderSrc_AreOnTheArchitecturePage()
    {
        var page = Repository.Read("ARCHITECTURE.md");
        Assert.All(
            Project.All.Where(project => project.Folder == "src"),
            project => Assert.Contains($"`src/{project.Name}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Everything))]
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
        ["ScaleMs.Cake", "ScaleMs.Cake.Module", "ScaleMs.Frosting"],
        Project.All.Where(project => project.Folder == "src" && project.UsesCake).Select(project => project.Name).Order(
            StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(BelowCake))]
    public void Assembly_ThatDoesNotUseCake_KnowsNothingOfIt(string name)
    {
        using var assembly = Projects.Built(name);
        Assert.DoesNotContain(
            assembly.References,
            reference => reference.StartsWith("Cake.", StringComparison.Ordinal) || reference.StartsWith(
                "Spectre.", StringComparison.Ordinal));
    }

    [Fact]
    public void PackageVersions_InProjectFiles_AreCentral() => Assert.All(
        Project.All.SelectMany(project => project.Items("PackageReference")),
        reference => Assert.Null(reference.Attribute("Version")));
}
