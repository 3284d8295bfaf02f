using Microsoft.CodeAnalysis;

namespace ScaleMs.Analyzers;

/// <summary>A way in which code is impure: its rule, and how it is told.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="What">What such a member does, after its name.</param>
/// <param name="Advice">What to do.</param>
internal sealed record Impurity(DiagnosticDescriptor Rule, string What, string Advice)
{
    public static readonly Impurity Clock = new(Rules.WallClock, "reads the clock", "take the time as a parameter, or read it in a step's command or function");

    public static readonly Impurity Random = new(
        Rules.Randomness, "draws a random number", "draw from new Random(seed) with a parameter as the seed, or in a step's command or function");

    public static readonly Impurity Variable = new(Rules.Surroundings, "reads the environment past the context", "use context.Env, which records the read, or a parameter");

    public static readonly Impurity File = new(
        Rules.Surroundings, "uses files past the context", "use context.ReadLines, context.Glob or context.Folder, which record the read, or do it in a step's command or function");

    public static readonly Impurity Machine = new(Rules.Surroundings, "asks for the machine or its user", "take it as a parameter, or do it in a step's command or function");
}
