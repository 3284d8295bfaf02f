namespace ScaleMs.Architecture.Tests;

/// <summary>Who may refer to whom: downwards only.</summary>
internal static class DependencyRule
{
    private const string Core = "ScaleMs.Core";
    private const string Store = "ScaleMs.Store";
    private const string StoreLiteDb = "ScaleMs.Store.LiteDb";
    private const string Launchers = "ScaleMs.Launchers";
    private const string Amqp = "ScaleMs.Launchers.Amqp";
    private const string Engine = "ScaleMs.Engine";
    private const string Reporting = "ScaleMs.Reporting";
    private const string Frosting = "ScaleMs.Frosting";
    private const string Tool = "ScaleMs.Tool";
    private const string Cake = "ScaleMs.Cake";
    private const string Analyzers = "ScaleMs.Analyzers";

    private static readonly Dictionary<string, string[]> Sources = new(StringComparer.Ordinal)
    {
        [Core] = [],
        [Store] = [Core],
        [StoreLiteDb] = [Core, Store],
        [Launchers] = [Core],
        [Amqp] = [Core, Launchers],
        [Engine] = [Core],
        [Reporting] = [Core],
        [Frosting] = [],
        [Cake] = [Core, Store, StoreLiteDb, Launchers, Amqp, Engine, Reporting, Frosting],
        [Analyzers] = [],
        ["ScaleMs.Analyzers.CodeFixes"] = [Analyzers],
        ["ScaleMs.Cake.Module"] = [Cake],
        ["ScaleMs.Templates"] = [],
        ["ScaleMs.Testing"] = [Core, Engine, Cake, Frosting],
        [Tool] = [Core, Store, Reporting, Launchers, Amqp],
    };

    public static IEnumerable<string> Names => Sources.Keys;

    /// <summary>The projects that a project file may name.</summary>
    public static IReadOnlyCollection<string> MayRefer(Project project) => project.Folder switch
    {
        "src" => Sources.GetValueOrDefault(project.Name) ?? [],
        "recipes" => [Cake],
        // A study without a recipe uses Cake's public surface itself.
        "workflows" => [Cake, .. Recipes],
        _ => throw new InvalidOperationException($"{project.Path} is under no rule."),
    };

    /// <summary>The projects whose types an assembly may use: also those that reach it through a public surface.</summary>
    public static IReadOnlyCollection<string> MayUse(Project project) => project.Folder switch
    {
        "recipes" or "workflows" => [Core, Frosting, .. MayRefer(project)],
        "src" when project.Name == "ScaleMs.Cake.Module" => [Cake, Core, Frosting],
        _ => MayRefer(project),
    };

    private static IEnumerable<string> Recipes => Project.All.Where(project => project.Folder == "recipes").Select(project => project.Name);
}
