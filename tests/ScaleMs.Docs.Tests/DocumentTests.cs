using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Docs.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void CodeBlocks_InDocuments_StandInCompiledSources()
    {
        var sources = new[] { "workflows", "recipes", "tests/ScaleMs.Testing.Tests", "tests/ScaleMs.Docs.Tests" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
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
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "command-line.md"));
        var told = Option().Matches(page).Select(match => match.Value).Where(option => option != "--install-tools").Distinct();

        Assert.All(told, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();
}
