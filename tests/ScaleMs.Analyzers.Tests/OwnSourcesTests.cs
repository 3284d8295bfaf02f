using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ScaleMs.Core.Tests;

namespace ScaleMs.Analyzers.Tests;

/// <summary>The recipes and studies of this repository are right, whatever a build is told of analyzers.</summary>
public sealed class OwnSourcesTests
{
    [Theory]
    [InlineData("workflows/words")]
    [InlineData("workflows/adaptive")]
    [InlineData("workflows/simulate", "recipes/ScaleMs.Recipes.Gromacs")]
    [InlineData("workflows/ci", "recipes/ScaleMs.Recipes.DotNet")]
    [InlineData("recipes/ScaleMs.Recipes.DotNet")]
    [InlineData("recipes/ScaleMs.Recipes.Gromacs")]
    public void Sources_OfThisRepository_HaveNoFindings(string folder, params string[] uses)
    {
        var references = Study.References.Concat(uses.Select(other => (MetadataReference)Compile(other, Study.References).ToMetadataReference()));
        var compilation = Compile(folder, references);
        // Regular expressions are written by a generator, which is no part of this.
        Assert.Empty(compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error && one.Id != "CS8795"));
        Assert.Empty(Study.Find(compilation));
    }

    private static CSharpCompilation Compile(string folder, IEnumerable<MetadataReference> references)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
        var hasEntry = files.Any(path => Path.GetFileName(path) == "Program.cs");
        return CSharpCompilation.Create(
            Path.GetFileName(folder),
            files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Study.Language, path)).Append(Study.ImplicitUsings),
            references,
            new CSharpCompilationOptions(hasEntry ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
