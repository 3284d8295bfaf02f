using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>House rules that no analyzer checks.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    /// <summary>Classes that others derive from although they are whole by themselves, each with its reason.</summary>
    private static readonly Dictionary<string, string> Open = new(StringComparer.Ordinal)
    {
        ["ScaleMs.ScaleMsContext"] = "a study derives the context with its own parameters; a small one uses it as it is",
        ["ScaleMs.Launchers.Remote.SiteException"] = "what went wrong at any site; ssh also says whether the host may come back",
        ["Cake.Frosting.FrostingContext"] = "as in the package Cake.Frosting, whose users derive from it",
    };

    public static TheoryData<string> Sources => Projects.In("src");

    public static TheoryData<string> Pages => [.. Repository.Files(".md", ".").Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Classes_OfBuiltAssembly_AreSealedStaticOrAbstract(string name)
    {
        using var assembly = Projects.Built(name);
        var open = assembly.Types
            .Where(type => (type.Attributes & (TypeAttributes.Interface | TypeAttributes.Sealed | TypeAttributes.Abstract)) == 0)
            .Select(assembly.NameOf)
            .Where(type => type != "<Module>" && !Open.ContainsKey(type));
        Assert.Empty(open);
    }

    [Fact]
    public void Files_LongerThan400Lines_SayWhyAtTheTop()
    {
        var silent = Repository.Files(".cs", "src", "recipes")
            .Where(file => File.ReadLines(file).Skip(LongestFile).Any())
            .Where(file => !File.ReadLines(file).First().StartsWith("//", StringComparison.Ordinal));
        Assert.Empty(silent.Select(Repository.Relative));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_OfTheDocumentation_NamesNoMachinePath(string page) =>
        Assert.Empty(MachinePath().Matches(Repository.Read(page)).Select(match => match.Value));

    [Theory]
    [InlineData("see /mnt/ann/x", true)]
    [InlineData("`/home/ann/scalems`", true)]
    [InlineData("(/root/.nuget)", true)]
    [InlineData(@"C:\Users\ann", true)]
    [InlineData("/Users/ann/x", true)]
    [InlineData("`.scalems/work/` and results/home/x", false)]
    [InlineData("https://example.org/home/ann", false)]
    [InlineData("/usr/bin/gmx, ~/.nuget, $HOME/x, /home", false)]
    public void MachinePath_InText_IsRecognised(string text, bool expected) => Assert.Equal(expected, MachinePath().IsMatch(text));

    /// <summary>A path inside somebody's home or work folder.</summary>
    [GeneratedRegex(@"(?<![\w.~/}-])/(mnt|home|root|Users)/[\w.]+|\b[A-Za-z]:\\Users\\\w+")]
    private static partial Regex MachinePath();
}
