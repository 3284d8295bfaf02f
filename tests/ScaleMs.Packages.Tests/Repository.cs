using System.Reflection;
using System.Text.Json;

namespace ScaleMs.Packages.Tests;

/// <summary>The checkout that these tests belong to, and the packages of this machine.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The folder into which NuGet extracts packages.</summary>
    public static string PackageFolder { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "PackageFolder").Value!;

    /// <summary>The assemblies of the Cake that <c>dotnet cake</c> runs here.</summary>
    public static string CakeFolder { get; } = Path.Combine(PackageFolder, "cake.tool", CakeVersion(), "tools", "net10.0", "any");

    private static string CakeVersion()
    {
        using var tools = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, ".config", "dotnet-tools.json")));
        return tools.RootElement.GetProperty("tools").GetProperty("cake.tool").GetProperty("version").GetString()!;
    }

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "global.json")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
