using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>Every public member of what ships is documented: the compiler sees to it (CS1591), and nothing switches it off.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Shipped => Projects.In("src", "recipes");

    [Fact]
    public void DocumentationFile_OfShippedProjects_IsGenerated()
    {
        Assert.Equal("true", Settings.Property("GenerateDocumentationFile"));
        Assert.Equal("true", Settings.Property("TreatWarningsAsErrors"));
        Assert.Matches(
            @"StartsWith\('\$\(RepositoryRoot\)src'\).* or .*StartsWith\('\$\(RepositoryRoot\)recipes'\)",
            Settings.ConditionOf("GenerateDocumentationFile"));
        Assert.All(
            Settings.BuildFiles.Skip(1),
            file => Assert.DoesNotContain("GenerateDocumentationFile", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void MissingDocumentation_InBuildFiles_IsNowhereAllowed() => Assert.All(Settings.BuildFiles, file =>
    {
        var xml = XDocument.Load(file);
        Assert.DoesNotContain(
            xml.Descendants().Where(one => one.Name.LocalName is "NoWarn" or "WarningsNotAsErrors"),
            one => one.Value.Contains("1591", StringComparison.Ordinal));
        Assert.DoesNotContain(xml.Descendants("TreatWarningsAsErrors"), one => one.Value != "true");
    });

    [Fact]
    public void MissingDocumentation_InEditorConfig_IsAllowedForTestsOnly()
    {
        var section = string.Empty;
        foreach (var line in Repository.Read(".editorconfig").ReplaceLineEndings("\n").Split('\n'))
        {
            section = line.StartsWith('[') ? line : section;
            Assert.False(
                line.Contains("CS1591", StringComparison.Ordinal) && !section.StartsWith("[tests/", StringComparison.Ordinal),
                $"{section} {line}");
        }

        Assert.Empty(Repository.Files(".editorconfig", "src", "recipes").Concat(Repository.Files(".globalconfig", "src", "recipes")));
    }

    [Fact]
    public void MissingDocumentation_InSources_IsNowhereAllowed() =>
        Assert.All(Repository.Files(".cs", "src", "recipes"), file => Assert.DoesNotMatch(Allowance(), File.ReadAllText(file)));

    [Theory]
    [MemberData(nameof(Shipped))]
    public void PublicMembers_OfBuiltAssembly_AreAllInItsDocumentationFile(string name)
    {
        using var assembly = Projects.Built(name);
        var file = Path.ChangeExtension(assembly.Path, ".xml");
        Assert.True(File.Exists(file), $"{Repository.Relative(file)} is missing");
        var documented = XDocument.Load(file).Descendants("member")
            .Where(member => member.Elements().Any())
            .Select(member => member.Attribute("name")!.Value)
            .CountBy(id => id.Split('(', '~')[0])
            .ToDictionary();
        var members = new PublicMembers(assembly).Names.CountBy(id => id).ToList();
        Assert.Empty(members.Where(member => documented.GetValueOrDefault(member.Key) < member.Value).Select(member => member.Key));
    }

    /// <summary>A disabling pragma for the rule, or for all rules.</summary>
    [GeneratedRegex(@"#pragma\s+warning\s+disable\s*($|//|.*1591)", RegexOptions.Multiline)]
    private static partial Regex Allowance();
}
