using System.Diagnostics;

namespace ScaleMs.Packages.Tests;

/// <summary>What is in the packages, and what is not.</summary>
public sealed class PackageTests(PackedRepository repository)
{
    private static readonly string[] Engine = ["ScaleMs.Cake", "ScaleMs.Core", "ScaleMs.Engine", "ScaleMs.Launchers.Amqp", "ScaleMs.Launchers", "ScaleMs.Reporting", "ScaleMs.Store"];

    /// <summary>What the engine uses, as its files are named; the first two are for farms.</summary>
    private static readonly string[] Others = ["RabbitMQ.Client", "System.Threading.RateLimiting", "YamlDotNet", "System.CommandLine"];

    private static IEnumerable<string> Recipes =>
        Directory.GetFiles(Path.Combine(Repository.Root, "recipes"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file));

    private IEnumerable<(Package Package, string Entry)> OwnAssemblies => repository.Packages
        .SelectMany(package => package.Assemblies.Select(entry => (package, entry)))
        .Where(one => !Others.Contains(Path.GetFileNameWithoutExtension(one.entry)));

    [Fact]
    public void Packages_OfTheRepository_AreFewAndEveryRecipe()
    {
        string[] expected = ["Cake.ScaleMs.Module", "ScaleMs.Cake", "ScaleMs.Templates", "ScaleMs.Testing", "ScaleMs.Tool", .. Recipes];
        Assert.Equal(expected.Order(StringComparer.Ordinal), repository.Packages.Select(package => package.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Package_OfAnyKind_TellsWhatItIsAndHowItMayBeUsed() => Assert.All(repository.Packages, package =>
    {
        Assert.Equal("MIT", package.Value("license"));
        Assert.Equal("README.md", package.Value("readme"));
        Assert.Contains("README.md", package.Entries);
        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$", package.Version);
        Assert.True(package.Value("description")!.Length > 40, package.Value("description"));
    });

    [Fact]
    public void Cake_Package_HoldsTheEngineWholeAndAsksForCake()
    {
        var cake = repository["ScaleMs.Cake"];
        Assert.Equal(Engine.SelectMany(name => new[] { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }), cake.Contents.Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal)));
        var analyzers = Directory.GetDirectories(Path.Combine(Repository.Root, "src"), "ScaleMs.Analyzers*").Select(folder => $"analyzers/dotnet/cs/{Path.GetFileName(folder)}.dll");
        Assert.Equal(analyzers.Order(StringComparer.Ordinal), cake.Assemblies.Where(entry => entry.StartsWith("analyzers/", StringComparison.Ordinal)));
        Assert.Equal(["Cake.Core 7.0.0", "Cake.Frosting 7.0.0", "RabbitMQ.Client 7.1.2", "YamlDotNet 16.3.0"], cake.Dependencies);
    }

    [Fact]
    public void Module_Package_HoldsTheSameBytesAndAScriptOfItsVersion()
    {
        var module = repository["Cake.ScaleMs.Module"];
        string[] expected = ["Cake.ScaleMs.Module", "RabbitMQ.Client", .. Engine, "System.Threading.RateLimiting", "YamlDotNet"];
        Assert.Equal(expected.Select(name => $"lib/net10.0/{name}.dll"), module.Assemblies);
        Assert.All(Engine, name => Assert.Equal(repository["ScaleMs.Cake"].Bytes($"lib/net10.0/{name}.dll"), module.Bytes($"lib/net10.0/{name}.dll")));
        Assert.Contains($"Cake.ScaleMs.Module&version={module.Version}", System.Text.Encoding.UTF8.GetString(module.Bytes("scalems.cake")), StringComparison.Ordinal);
        Assert.Empty(module.Dependencies);
    }

    [Fact]
    public void Testing_Package_AsksForItsOwnVersionOfTheEngine()
    {
        var testing = repository["ScaleMs.Testing"];
        Assert.Equal(["lib/net10.0/ScaleMs.Testing.dll", "lib/net10.0/ScaleMs.Testing.xml"], testing.Contents);
        Assert.Equal([$"ScaleMs.Cake [{testing.Version}]"], testing.Dependencies);
    }

    [Fact]
    public void Recipe_Package_HoldsTheRecipeAndAsksForAnEngineThatFits() => Assert.All(Recipes, name =>
    {
        var recipe = repository[name];
        Assert.Equal([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], recipe.Contents);
        Assert.Contains($"ScaleMs.Cake [{repository["ScaleMs.Cake"].Version}, 0.2.0)", recipe.Dependencies);
        Assert.All(recipe.Dependencies, dependency => Assert.StartsWith("ScaleMs.", dependency, StringComparison.Ordinal));
    });

    [Fact]
    public void Tool_Package_HoldsWhatItRuns()
    {
        var tool = repository["ScaleMs.Tool"];
        string[] expected = ["RabbitMQ.Client.dll", "ScaleMs.Core.dll", "ScaleMs.Launchers.Amqp.dll", "ScaleMs.Launchers.dll", "ScaleMs.Reporting.dll", "ScaleMs.Store.dll", "System.CommandLine.dll", "System.Threading.RateLimiting.dll", "YamlDotNet.dll", "scalems.dll"];
        Assert.Equal(expected, tool.Assemblies.Select(entry => Path.GetFileName(entry)));
        Assert.Empty(tool.Dependencies);
    }

    [Fact]
    public void Packages_OfAnyKind_HoldNoStandInAndNoTests() => Assert.All(repository.Packages, package => Assert.All(package.Assemblies, entry =>
    {
        var name = Path.GetFileNameWithoutExtension(entry);
        Assert.DoesNotContain("Frosting", name, StringComparison.OrdinalIgnoreCase);
        Assert.False(name.EndsWith(".Tests", StringComparison.Ordinal) || name.StartsWith("xunit", StringComparison.Ordinal) || name == "LiteDB", name);
        Assert.False(name.StartsWith("Cake.", StringComparison.Ordinal) && name != "Cake.ScaleMs.Module", name);
    }));

    [Fact]
    public void Assemblies_OfPackages_HoldSymbolsWithSourcesAndNoMachinePath() => Assert.All(OwnAssemblies, one =>
    {
        var symbols = new Symbols(one.Package.Bytes(one.Entry));
        Assert.NotEmpty(symbols.Sources);
        Assert.All(symbols.Sources, source => Assert.True(source.HasText && source.Path.StartsWith("/_/", StringComparison.Ordinal), $"{one.Entry}: {source}"));
        Assert.False(symbols.Mentions(Repository.Root), one.Entry);
        Assert.False(symbols.Mentions(Repository.PackageFolder.TrimEnd('/')), one.Entry);
    });

    [Fact]
    public void Assemblies_OfPackages_NameTheCommitThatThePackageNames() => Assert.All(OwnAssemblies, one =>
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, one.Package.Bytes(one.Entry));
        var version = FileVersionInfo.GetVersionInfo(file).ProductVersion!;
        File.Delete(file);
        var commit = version.Contains('+', StringComparison.Ordinal) ? $"Made from commit {version.Split('+')[1]}." : null;
        Assert.Equal(commit, one.Package.Value("releaseNotes"));
    });

    [Fact]
    public async Task Packages_MadeInAnotherFolder_AreTheSameBytes()
    {
        var parent = Directory.CreateTempSubdirectory("scalems-pack-");
        try
        {
            var copy = await PackedRepository.Copy(Path.Combine(parent.FullName, "another folder"));
            await PackedRepository.Pack(copy);
            Assert.All(repository.Packages, package =>
                Assert.Equal(File.ReadAllBytes(package.File), File.ReadAllBytes(Path.Combine(copy, "artifacts", "packages", package.ToString()))));
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }
}
