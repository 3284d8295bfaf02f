using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Docs.Tests;

public sealed partial class DocumentTests
{
    /// <summary>C# is compiled in one of these folders; what tools read is read by them in a test.</summary>
    [Theory]
    [InlineData("csharp", ".cs .cake")]
    [InlineData("lammps", ".in")]
    public void CodeBlocks_InDocuments_StandInWhatTestsCompileAndRun(string language, string endings)
    {
        var sources = endings.Split(' ').SelectMany(ending => Repository.Files(ending, "workflows", "recipes", "tests")).Select(File.ReadAllText).ToList();
        var blocks = Repository.Documents.SelectMany(document => CodeBlock().Matches(File.ReadAllText(document)))
            .Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value.Trim()).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(sources, source => source.Contains(block, StringComparison.Ordinal)));
    }

    [Fact]
    public void CodeBlocks_InDocumentsOfRecipes_AreOfALanguageThatIsChecked() => Assert.All(
        Repository.Files(".md", "recipes").SelectMany(document => CodeBlock().Matches(File.ReadAllText(document))).Select(match => match.Groups[1].Value),
        language => Assert.Contains(language, new[] { "csharp", "lammps" }));

    [Fact]
    public void Recipes_HaveAReadmeAndAVersionOfTheirOwn() => Assert.All(Directory.GetDirectories(Path.Combine(Repository.Root, "recipes")), recipe =>
    {
        Assert.True(File.Exists(Path.Combine(recipe, "README.md")), $"{recipe} has no README.md");
        Assert.Matches(@"<Version>\d+\.\d+\.\d+</Version>", File.ReadAllText(Path.Combine(recipe, Path.GetFileName(recipe) + ".csproj")));
    });

    [Fact]
    public void Links_InDocuments_LeadToFiles()
    {
        var broken = Repository.Documents.SelectMany(document => Link().Matches(File.ReadAllText(document))
            .Select(match => match.Groups[1].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.StartsWith("http", StringComparison.Ordinal))
            .Select(target => Path.Combine(Path.GetDirectoryName(document)!, target))
            .Where(path => !File.Exists(path) && !Directory.Exists(path)));

        Assert.Empty(broken);
    }

    [Fact]
    public void Options_InTheCommandLinePage_AreThoseOfTheProgram()
    {
        var help = WordsHost.Run(Repository.Root, "--help").Output;
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-line.md")) + ComparedWithOthers();
        var told = Option().Matches(page).Select(match => match.Value).Where(option => option != "--install-tools").Distinct();

        Assert.All(told, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    /// <summary>The last column of the table for people who know other tools: what it names is ours.</summary>
    private static string ComparedWithOthers()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "first-study.md")).Where(line => line.StartsWith('|')).Select(line => line.Split(" | ")).ToList();
        Assert.All(rows, row => Assert.Equal(row[0] == "|---|---|---|---|" ? 1 : 4, row.Length));
        return string.Concat(rows.Select(row => row[^1]));
    }

    [GeneratedRegex("^```([a-z]+)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();
}
