using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>Core never looks: no files, clocks, processes or network. Checked in its settings and again in what was compiled.</summary>
public sealed class CorePurityTests
{
    private const string Core = "ScaleMs.Core";

    /// <summary>Base assemblies that hold values, collections and algorithms.</summary>
    private static readonly string[] Pure =
    [
        "System.Collections", "System.Linq", "System.Memory", "System.Runtime", "System.Security.Cryptography",
        "System.Text.RegularExpressions",
        // A text's form: what steps keep is a JSON object.
        "System.Text.Json",
        // CollectionsMarshal alone: the compiler fills lists with it.
        "System.Runtime.InteropServices",
    ];

    /// <summary>System.Runtime holds types that look outside as well: these namespaces and types must not be used from it.</summary>
    private static readonly string[] Impure =
    [
        "System.IO.", "System.Net.", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Threading.Thread", "System.Runtime.InteropServices.RuntimeInformation",
    ];

    private static readonly string[] ImpureMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeProvider.get_System", "System.Random.get_Shared", "System.Guid.NewGuid",
    ];

    [Fact]
    public void Core_Assembly_RefersToPureBaseAssembliesOnly()
    {
        using var assembly = Projects.Built(Core);
        Assert.Empty(assembly.References.Except(Pure));
    }

    [Fact]
    public void Core_Assembly_UsesNoTypeThatLooksOutside()
    {
        using var assembly = Projects.Built(Core);
        Assert.DoesNotContain(assembly.TypesUsed, IsImpure);
        Assert.Empty(assembly.MembersUsed.Intersect(ImpureMembers));
        // The compiler asks for the thread in iterators; nothing else of the environment is used.
        var environment = assembly.MembersUsed.Where(member => member.StartsWith("System.Environment.", StringComparison.Ordinal));
        Assert.Empty(environment.Except(["System.Environment.get_CurrentManagedThreadId"]));
    }

    [Fact]
    public void Core_ProjectFile_HasTheBannedSymbolsAnalyzerAndNothingElse()
    {
        var core = Project.Of(Core);
        var package = Assert.Single(core.Items("PackageReference"));
        Assert.Equal(
            ("Microsoft.CodeAnalysis.BannedApiAnalyzers", "all"),
            (package.Attribute("Include")?.Value, package.Attribute("PrivateAssets")?.Value));
        Assert.Contains(
            core.Items("AdditionalFiles"),
            file => file.Attribute("Include")?.Value == "BannedSymbols.txt" && file.Attribute("Condition") is null);
        Assert.Empty(core.Items("Reference"));
    }

    [Theory]
    [InlineData("N:System.IO")]
    [InlineData("N:System.Net")]
    [InlineData("T:System.Diagnostics.Process")]
    [InlineData("T:System.Environment")]
    [InlineData("T:System.Console")]
    [InlineData("P:System.DateTime.Now")]
    [InlineData("P:System.DateTime.UtcNow")]
    [InlineData("P:System.DateTimeOffset.Now")]
    [InlineData("P:System.DateTimeOffset.UtcNow")]
    [InlineData("T:System.Diagnostics.Stopwatch")]
    [InlineData("M:System.Random.#ctor")]
    public void BannedSymbols_OfCore_NameWhatLooksOutsideWithAdvice(string symbol) => Assert.Contains(
        Repository.Read("src/ScaleMs.Core/BannedSymbols.txt").ReplaceLineEndings("\n").Split('\n'),
        line => line.StartsWith(symbol + ";", StringComparison.Ordinal) && line.Length > symbol.Length + 10);

    [Fact]
    public void BannedSymbols_InCore_AreNowhereAllowedAgain()
    {
        Assert.All(
            Repository.Files(".cs", "src/ScaleMs.Core"),
            file => Assert.DoesNotContain("RS0030", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.DoesNotContain("RS0030", Repository.Read(".editorconfig"), StringComparison.Ordinal);
        Assert.Equal("true", Settings.Property("TreatWarningsAsErrors"));
    }

    private static bool IsImpure(string type) =>
        Impure.Any(impure => impure.EndsWith('.') ? type.StartsWith(impure, StringComparison.Ordinal) : type == impure);
}
