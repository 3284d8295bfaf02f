using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ScaleMs.Analyzers.Tests;

/// <summary>A small study as a source, compiled against ScaleMs.Cake, and what the analyzers find in it.</summary>
internal static class Study
{
    public const string File = "Study.cs";

    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading.Tasks;
        global using Cake.Core; global using Cake.Frosting; global using ScaleMs; global using ScaleMs.Core.Model;
        """;

    public static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    /// <summary>What every project of this repository uses.</summary>
    public static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;",
        Language, "ImplicitUsings.cs");

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(WorkflowAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => !Path.GetFileName(path).StartsWith("xunit", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>All rules that the analyzers have.</summary>
    public static IEnumerable<DiagnosticDescriptor> AllRules => Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>The body of a task's <c>Define</c> as a whole study.</summary>
    public static string Task(string body, string members = "") => $$"""
        public sealed class Md(ICakeContext context) : ScaleMsContext(context, "study")
        {
            public IReadOnlyList<string> Names { get; } = ["a", "b"];
        }

        [TaskName("work")]
        public sealed class WorkTask : StepTask<Md>
        {
            public override void Define(StepBuilder steps, Md context)
            {
                {{body}}
            }

            {{members}}
        }
        """;

    /// <summary>What the analyzers find in the body of a <c>Define</c>: a line each, the id and the marked text.</summary>
    public static string[] FindingsIn(string body, string members = "") => Short(Task(body, members));

    /// <summary>What the analyzers find in a source: a line each, the id and the text that is marked.</summary>
    public static string[] Short(string source) => [.. Find(source).Select(found => $"{found.Id} {source[found.Location.SourceSpan.Start..found.Location.SourceSpan.End]}")];

    /// <summary>What the analyzers find in a source that compiles, in the order of the source.</summary>
    public static ImmutableArray<Diagnostic> Find(string source)
    {
        var compilation = Compile(source);
        var errors = compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors);
        return Find(compilation);
    }

    /// <summary>What the analyzers find; one that throws is told as a diagnostic too.</summary>
    public static ImmutableArray<Diagnostic> Find(Compilation compilation) =>
        [.. compilation.WithAnalyzers(Analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult().OrderBy(found => found.Location.SourceSpan.Start).ThenBy(found => found.Id, StringComparer.Ordinal)];

    public static Compilation Compile(string source) => CSharpCompilation.Create(
        "Study",
        [CSharpSyntaxTree.ParseText(Usings, Language, "Usings.cs"), CSharpSyntaxTree.ParseText(source, Language, File)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
