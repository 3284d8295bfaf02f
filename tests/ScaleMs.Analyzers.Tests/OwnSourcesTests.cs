using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ScaleMs.Core.Tests;

namespace ScaleMs.Analyzers.Tests;

/// <summary>The recipes and studies of this repository are right, whatever a build is told of analyzers.</summary>
public sealed class OwnSourcesTests
{
    /// <summary>Every project of a study or a recipe.</summary>
    public static TheoryData<string> Projects => [.. new[] { "workflows", "recipes" }
        .SelectMany(folder => Directory.GetDirectories(Path.Combine(Repository.Root, folder)))
        .SelectMany(folder => Directory.GetFiles(folder, "*.csproj"))
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Sources_OfThisRepository_HaveNoFindings(string project)
    {
        var path = Path.Combine(Repository.Root, project);
        var compilation = Compile(path, Study.References.Concat(RecipesOf(path).Select(recipe => (MetadataReference)Compile(recipe, Study.References).ToMetadataReference())));
        // Regular expressions are written by a generator, which is no part of this.
        Assert.Empty(compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error && one.Id != "CS8795"));
        Assert.Empty(Study.Find(compilation));
    }

    /// <summary>The projects of recipes that a project uses.</summary>
    private static IEnumerable<string> RecipesOf(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))
        .Where(path => path.StartsWith(Path.Combine(Repository.Root, "recipes"), StringComparison.Ordinal));

    private static CSharpCompilation Compile(string project, IEnumerable<MetadataReference> references)
    {
        var files = Directory.GetFiles(Path.GetDirectoryName(project)!, "*.cs", SearchOption.AllDirectories).Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        var hasEntry = files.Any(path => Path.GetFileName(path) == "Program.cs");
        return CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(project),
            files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Study.Language, path)).Append(Study.ImplicitUsings),
            references,
            new CSharpCompilationOptions(hasEntry ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
