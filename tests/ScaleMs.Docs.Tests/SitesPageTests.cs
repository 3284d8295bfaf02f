using System.Text.RegularExpressions;
using ScaleMs.Core.Faults;
using ScaleMs.Launchers.Sites;
using Xunit;

namespace ScaleMs.Docs.Tests;

/// <summary>What documents show of sites is read as users' files are.</summary>
public sealed partial class SitesPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalems-pages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static List<string> Blocks => [.. Repository.Documents.SelectMany(document => Yaml().Matches(File.ReadAllText(document))).Select(match => match.Groups[1].Value).Where(text => Top().IsMatch(text))];

    private SiteProfiles Read(string text)
    {
        var faults = new List<Fault>();
        var path = Path.Combine(_folder, SitesFile.Name);
        File.WriteAllText(path, text);
        var sites = SitesFile.Read(path, faults);
        Assert.Empty(faults);
        return sites;
    }

    [Fact]
    public void Sites_InDocuments_AreReadWithoutFault()
    {
        var launchers = Blocks.SelectMany(block => Read(block).All).Select(site => site.Launcher).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["amqp", "local", "slurm", "ssh"], launchers);
    }

    [Fact]
    public void Keys_OnTheSitesPage_AreAllThatThereAre()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "sites.md"));
        var faults = new List<Fault>();
        var path = Path.Combine(_folder, SitesFile.Name);
        File.WriteAllText(path, "sites: {local: {\"#\": 1, limits: {\"#\": 1}, slurm: {\"#\": 1}, ssh: {\"#\": 1}, amqp: {\"#\": 1}}}");
        SitesFile.Read(path, faults);
        var keys = faults.Where(fault => fault.Code == "SMS6002").SelectMany(fault => fault.Try["the keys are ".Length..].Split(", ")).Distinct().ToList();
        Assert.InRange(keys.Count, 30, 60);
        Assert.All(keys, key => Assert.Contains($"`{key}`", page, StringComparison.Ordinal));
    }

    [GeneratedRegex("^```ya?ml\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Yaml();

    [GeneratedRegex("^(sites|profiles):", RegexOptions.Multiline)]
    private static partial Regex Top();
}
