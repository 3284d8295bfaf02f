using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ScaleMs.Analyzers;

/// <summary>What a name in a step's directory stands for.</summary>
internal enum NameKind
{
    /// <summary>An input or a template.</summary>
    Input,

    /// <summary>An input that is edited in place, and may be an output too.</summary>
    Edited,

    /// <summary>A file with a secret.</summary>
    Secret,

    /// <summary>An output.</summary>
    Output,

    /// <summary>An output that is a directory.</summary>
    Tree,
}

/// <summary>A name that a step gives to something in its directory.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The name; null when the source does not show it.</param>
/// <param name="Publish">Where it is published; null when nowhere, or when the source does not show it.</param>
/// <param name="Call">The call that gives it.</param>
internal sealed record DirectoryName(NameKind Kind, string? Text, IOperation? Publish, IInvocationOperation Call)
{
    /// <summary>Methods of a step that name nothing in its directory besides what is declared already.</summary>
    private static readonly HashSet<string> NamingNothing =
    [
        "File", "Tree", "Publish", "ChangeOutput", "Tool", "Run", "RunInstead", "Environment", "Pass", "Parameter", "OnSite", "SucceedsWhen", "AllowExit", "Checkpoint", "Resources", "Launcher", "Stochastic", "ReportsProgress", "Always", "KeepsState",
        "InProcess", "InPersistentWorker", "Contract", "Retries", "RetriesOnExit", "Grows", "Secret", "Answering", "InputFrom", "OutputTo", "ErrorTo", "Through", "Token",
    ];

    private static readonly HashSet<string> Naming = ["Input", "Template", "Inputs", "Edit", "SecretFile", "Output", "OutputTree", "Call"];

    public bool IsOutput => Kind is NameKind.Output or NameKind.Tree;

    /// <summary>Where the name stands.</summary>
    public SyntaxNode Place => Texts.Argument(Call, "name")?.Syntax ?? Texts.Argument(Call, "path")?.Syntax ?? Call.Syntax;

    /// <summary>Whether it is known what a method of a step declares; a newer ScaleMs.Cake may have more of them.</summary>
    public static bool IsKnown(string method) => NamingNothing.Contains(method) || Naming.Contains(method);

    /// <summary>The names of a step in the order of the source.</summary>
    public static IReadOnlyList<DirectoryName> Of(DeclaredStep step) => [.. step.Calls.SelectMany(Of)];

    private static IEnumerable<DirectoryName> Of(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "Input" when call.TargetMethod.Parameters[1].Type.Name == "SourceFolder" => [Unknown(NameKind.Input, call)],
        "Input" or "Template" => [Known(NameKind.Input, call, "name")],
        "Inputs" => [Unknown(NameKind.Input, call)],
        "Edit" => [Known(NameKind.Edited, call, "name")],
        "SecretFile" => [Known(NameKind.Secret, call, "path")],
        "Output" => [Known(NameKind.Output, call, "path")],
        "OutputTree" => [Known(NameKind.Tree, call, "path")],
        "Call" when !TakesStepFiles(call.TargetMethod) => OfArguments(call),
        var method when IsKnown(method) => [],
        _ => [Unknown(NameKind.Input, call), Unknown(NameKind.Output, call)],
    };

    /// <summary>Files among the arguments of a function: those that are written down, and whatever else an argument may hold.</summary>
    private static IEnumerable<DirectoryName> OfArguments(IInvocationOperation call) => call.Descendants().OfType<IInvocationOperation>()
        .Where(file => file.TargetMethod is { Name: "Named", ContainingType.Name: "OutputFile" })
        .Select(file => Known(NameKind.Output, file, "name"))
        .Concat([Unknown(NameKind.Input, call), Unknown(NameKind.Output, call)]);

    private static bool TakesStepFiles(IMethodSymbol method) =>
        method.Parameters[0].Type is INamedTypeSymbol { DelegateInvokeMethod.Parameters: [{ Type.Name: "StepFiles" }, ..] };

    private static DirectoryName Known(NameKind kind, IInvocationOperation call, string parameter) =>
        new(kind, Texts.Constant(Texts.Argument(call, parameter)), Texts.Argument(call, "publish"), call);

    private static DirectoryName Unknown(NameKind kind, IInvocationOperation call) => new(kind, null, null, call);
}
