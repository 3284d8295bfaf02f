using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ScaleMs.Analyzers.CodeFixes;

namespace ScaleMs.Analyzers.Tests;

/// <summary>What fixes write compiles, and nothing is found in it any more.</summary>
public sealed class FixTests
{
    private static readonly CodeFixProvider[] Fixes = [new MakePublicFix(), new ReadThroughContextFix(), new ReplaceTextFix()];

    [Theory]
    [InlineData("""steps.Step("b").Input("in", steps.Step("a").Output("a.txt").File("b.txt")).Output("o");""", "Use 'a.txt'", """steps.Step("b").Input("in", steps.Step("a").Output("a.txt").File("a.txt")).Output("o");""")]
    [InlineData("""steps.Step("a").Output(@".\r\o");""", "Use 'r/o'", """steps.Step("a").Output("r/o");""")]
    [InlineData("""steps.Step("a").Output("o", publish: "./r//o");""", "Use 'r/o'", """steps.Step("a").Output("o", publish: "r/o");""")]
    [InlineData("""_ = Environment.GetEnvironmentVariable("X") ?? "";""", "Read the variable through the context", """_ = context.Env("X") ?? "";""")]
    [InlineData("""_ = Cake.Common.EnvironmentAliases.EnvironmentVariable(context, "X");""", null, null)]
    [InlineData("""_ = context.Names.Select(name => context.Environment.GetEnvironmentVariable(name)).ToList();""", "Read the variable through the context", """_ = context.Names.Select(name => context.Env(name)).ToList();""")]
    [InlineData("""foreach (var line in File.ReadLines("x")) { }""", "Read the lines through the context", """foreach (var line in context.ReadLines(new ScaleMs.SourceFile("x"))) { }""")]
    [InlineData("""_ = File.Exists("x");""", null, null)]
    [InlineData("""steps.Step("a").Output("../o");""", null, null)]
    public void Fix_OfAFinding_IsOfferedWhereItIsObvious(string body, string? title, string? expected)
    {
        var (told, text) = Fixed(Study.Task(body));
        Assert.Equal((title, expected is null ? null : Study.Task(expected)), (told, text));
        Assert.Empty(text is null ? [] : Study.Short(text));
    }

    [Theory]
    [InlineData("internal sealed class", "public sealed class")]
    [InlineData("/* c */ sealed class", "/* c */ public sealed class")]
    [InlineData("/* c */ class", "/* c */ public class")]
    public void Fix_OfATaskThatIsNotPublic_MakesItPublic(string before, string after)
    {
        var (title, text) = Fixed(Study.Task(string.Empty).Replace("public sealed class WorkTask", before + " WorkTask", StringComparison.Ordinal));
        Assert.Equal("Make 'WorkTask' public", title);
        Assert.Equal(Study.Task(string.Empty).Replace("public sealed class WorkTask", after + " WorkTask", StringComparison.Ordinal), text);
    }

    [Fact]
    public void Fix_InTheContextItself_NeedsNoName() => Assert.Contains("=> Value = Env(\"A\");", Fixed("""
        public sealed class Md : ScaleMsContext
        {
            public Md(ICakeContext context) : base(context, "study") => Value = Environment.GetEnvironmentVariable("A");

            public string? Value { get; }
        }
        """).Text, StringComparison.Ordinal);

    /// <summary>The first fix that is offered, and the source after it.</summary>
    private static (string? Title, string? Text) Fixed(string source)
    {
        var found = Assert.Single(Study.Find(source));
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace, source);
        CodeAction? action = null;
        foreach (var fix in Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(found.Id)))
        {
            fix.RegisterCodeFixesAsync(new CodeFixContext(document, found, (offered, _) => action ??= offered, CancellationToken.None)).GetAwaiter().GetResult();
        }

        var change = action?.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult().OfType<ApplyChangesOperation>().Single();
        return (action?.Title, change?.ChangedSolution.GetDocument(document.Id)!.GetTextAsync().GetAwaiter().GetResult().ToString());
    }

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        var compilation = Study.Compile(source);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Study", "Study", LanguageNames.CSharp, compilationOptions: compilation.Options,
            parseOptions: compilation.SyntaxTrees.First().Options, metadataReferences: Study.References));
        workspace.AddDocument(project.Id, "Usings.cs", compilation.SyntaxTrees.First().GetText());
        return workspace.AddDocument(project.Id, Study.File, SourceText.From(source));
    }
}
