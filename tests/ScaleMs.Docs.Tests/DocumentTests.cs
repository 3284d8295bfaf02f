using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Docs.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void CodeBlocks_InDocuments_StandInCompiledSources()
    {
        var sources = new[] { "workflows", "recipes", "tests/ScaleMs.Testing.Tests", "tests/ScaleMs.Docs.Tests", "tests/ScaleMs.Scripts.Tests" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".cake")
            .Select(File.ReadAllText).ToList();
        var blocks = Repository.Documents.SelectMany(document => CodeBlock().Matches(File.ReadAllText(document)).Select(match => match.Groups[1].Value.Trim())).ToList();

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(sources, source => source.Contains(block, StringComparison.Ordinal)));
    }

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

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();
}
