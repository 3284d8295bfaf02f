using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>The rules, each with its page: a section of <c>docs/analyzers.md</c>, which lies in the repository and in the package.</summary>
internal static class Rules
{
    private const string Category = "ScaleMs";

    // What is wrong, then what to do.
    private const string Message = "{0}: {1}";

    public static readonly DiagnosticDescriptor MissingProducer = new(
        "SMS5001", "A step needs a file that nothing makes", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A handle names an output that its step does not declare, or a command names a file or program that its own step does not declare.",
        "docs/analyzers.md#sms5001");

    public static readonly DiagnosticDescriptor DuplicateOutput = new(
        "SMS5002", "Two outputs have one name", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A step uses a name twice in its directory, or two outputs are published under one path.",
        "docs/analyzers.md#sms5002", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor EscapingPath = new(
        "SMS5003", "A path leaves its directory", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Paths of inputs and outputs are relative, with '/', and stay inside the step's directory or the workspace.",
        "docs/analyzers.md#sms5003");

    public static readonly DiagnosticDescriptor WallClock = new(
        "SMS5004", "A definition reads the clock", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "What a workflow declares follows from its parameters and sources alone: with a time in it, every run is another workflow.",
        "docs/analyzers.md#sms5004", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Randomness = new(
        "SMS5005", "A definition draws random numbers", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "What a workflow declares follows from its parameters and sources alone: with a random number in it, every run is another workflow.",
        "docs/analyzers.md#sms5005", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Surroundings = new(
        "SMS5006", "A definition looks at the machine past the context", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Variables and files are read through the context, which records the read; anything else of the machine is no part of a definition.",
        "docs/analyzers.md#sms5006", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor SecretInCommand = new(
        "SMS5007", "A secret stands in a command", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Arguments, variables and parameters are in keys, plans, records and lists of processes; a secret is given by Secret or SecretFile.",
        "docs/analyzers.md#sms5007");

    public static readonly DiagnosticDescriptor NotPublic = new(
        "SMS5008", "A step task is not public", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Hosts find the public task classes of an assembly; any other is left out without a word.",
        "docs/analyzers.md#sms5008");

    public static readonly DiagnosticDescriptor NameClash = new(
        "SMS5009", "Two things have one name", Message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Tasks of a host, steps of a task, members of an expansion and axes of a member each have a name of their own.",
        "docs/analyzers.md#sms5009", WellKnownDiagnosticTags.CompilationEnd);
}
