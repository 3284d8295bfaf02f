using System.Xml.Linq;

namespace ScaleMs.Architecture.Tests;

/// <summary>The settings that all projects share, and what could weaken them.</summary>
internal static class Settings
{
    private static readonly XDocument Props = XDocument.Parse(Repository.Read("Directory.Build.props"));

    /// <summary>All files that can change how the shipped projects are compiled.</summary>
    public static IReadOnlyList<string> BuildFiles { get; } =
    [
        Path.Combine(Repository.Root, "Directory.Build.props"),
        Path.Combine(Repository.Root, "Directory.Build.targets"),
        .. Repository.Files(".csproj", "src", "recipes"),
        .. Repository.Files(".props", "src", "recipes"),
        .. Repository.Files(".targets", "src", "recipes"),
    ];

    /// <summary>The value of a property of Directory.Build.props.</summary>
    public static string? Property(string name) => Props.Descendants(name).LastOrDefault()?.Value;

    /// <summary>The condition under which that property is set, its group's included.</summary>
    public static string ConditionOf(string name)
    {
        var property = Props.Descendants(name).Last();
        return $"{property.Parent!.Attribute("Condition")?.Value} {property.Attribute("Condition")?.Value}".Trim();
    }
}
