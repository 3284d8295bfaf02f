using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ScaleMs.Analyzers.CodeFixes;

/// <summary>A fix that puts one node in the place of another.</summary>
public abstract class ScaleMsFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            var found = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (FixOf(found, diagnostic, model) is { } fix)
            {
                context.RegisterCodeFix(CodeAction.Create(fix.Title, token => ApplyAsync(context.Document, fix, token), fix.Title), diagnostic);
            }
        }
    }

    /// <summary>The fix of a finding; null where none is obvious.</summary>
    /// <param name="found">What is marked.</param>
    /// <param name="diagnostic">The finding.</param>
    /// <param name="model">What the source means.</param>
    private protected abstract Replacing? FixOf(SyntaxNode found, Diagnostic diagnostic, SemanticModel model);

    private static async Task<Document> ApplyAsync(Document document, Replacing fix, CancellationToken token) =>
        document.WithSyntaxRoot((await document.GetSyntaxRootAsync(token).ConfigureAwait(false))!.ReplaceNode(fix.Old, fix.New));
}
