using System.IO.Compression;

namespace ScaleMs.Packages.Tests;

/// <summary>Cake's packages for a machine that cannot restore them: what Cake.Tool ships, and the stand-in for Cake.Frosting. For these tests alone.</summary>
internal static class CakeFeed
{
    private const string Cake = "7.0.0";
    private const string Spectre = "0.57.0";
    private const string Microsoft = "10.0.0";

    public static void Write(string folder, string standIn)
    {
        Directory.CreateDirectory(folder);
        Add(folder, "Spectre.Console", Spectre, ["Spectre.Console*.dll"]);
        Add(folder, "Microsoft.Extensions.DependencyInjection", Microsoft, ["Microsoft.Extensions.DependencyInjection*.dll"]);
        Add(folder, "Cake.Core", Cake, ["Cake.Core.dll"]);
        Add(folder, "Cake.Common", Cake, ["Cake.Common.dll"], $"Cake.Core {Cake}");
        Add(folder, "Cake.Cli", Cake, ["Cake.Cli.dll"], $"Cake.Core {Cake}", $"Spectre.Console {Spectre}");
        Add(folder, "Cake.NuGet", Cake, ["Cake.NuGet.dll", "NuGet.*.dll"], $"Cake.Core {Cake}");
        Add(folder, "Cake.DotNetTool.Module", Cake, ["Cake.DotNetTool.Module.dll"], $"Cake.Core {Cake}");
        string[] all = [.. new[] { "Core", "Common", "Cli", "NuGet", "DotNetTool.Module" }.Select(name => $"Cake.{name} {Cake}")];
        Add(folder, "Cake.Frosting", Cake, [standIn], [.. all, $"Microsoft.Extensions.DependencyInjection {Microsoft}"]);
    }

    private static void Add(string folder, string id, string version, string[] files, params string[] dependencies)
    {
        using var archive = ZipFile.Open(Path.Combine(folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(archive.CreateEntry($"{id}.nuspec").Open()))
        {
            nuspec.Write(Nuspec(id, version, dependencies));
        }

        foreach (var file in files.SelectMany(pattern => Directory.GetFiles(Path.GetDirectoryName(Path.Combine(Repository.CakeFolder, pattern))!, Path.GetFileName(pattern))))
        {
            archive.CreateEntryFromFile(file, $"lib/net10.0/{Path.GetFileName(file)}");
        }
    }

    private static string Nuspec(string id, string version, string[] dependencies) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{id}</id><version>{version}</version><authors>tests</authors><description>For tests.</description>
            <dependencies><group targetFramework="net10.0">{string.Concat(dependencies.Select(Dependency))}</group></dependencies>
          </metadata>
        </package>
        """;

    private static string Dependency(string text) => $"<dependency id=\"{text.Split(' ')[0]}\" version=\"{text.Split(' ')[1]}\" />";
}
