using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using ScaleMs.Core.Tests;

namespace ScaleMs.Analyzers.Tests;

/// <summary>What each rule says, and that its page says it too.</summary>
public sealed partial class RuleTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "analyzers.md"));

    public static TheoryData<string> Ids => [.. Study.AllRules.Select(rule => rule.Id)];

    /// <summary>In the form of the faults that a run tells.</summary>
    [Fact]
    public void Findings_OfEveryRule_SayWhatWhereAndWhatToDo()
    {
        var source = Study.Task(
            """
            var count = steps.Step("count").Tool("wc").Run("wc", "-w", "--token", "8f1c2b7d").OutputTo("count.txt").Output("count.txt", publish: "results/count.txt");
                steps.Step("report").Input("count.txt", count.File("cuont.txt")).Tool("awk").Run("gawk", "1").InputFrom("counts.txt").Output("o", publish: "results/count.txt").Output("o");
                steps.Step("report").Output("./x", publish: "/x").Parameter("key", $"{context.Secret("archive", fromFile: "key")}{context.Env("API_KEY")}");
                steps.ForEach("n", ["a", "a"], n => n, (member, n) => member.ForEach("n", context.Names, k => k, (each, k) => each.Step("s").Output("x")));
                steps.Use("own", new Own());
                steps.Use("own", new Own());
                _ = (DateTime.Now, Guid.NewGuid(), Environment.GetEnvironmentVariable("X"), File.Exists("x"), Environment.MachineName, Written());
            """,
            """
            private static string Written() => File.ReadAllText("x");

            private sealed class Own : Recipe<Artifact>
            {
                public override Artifact Define(StepBuilder steps) => steps.Step("own").Output("x").File("x");
            }

            [TaskName("WORK")]
            public sealed class NestedTask(WorkTask work) : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md context) => steps.Step("other").Parameter("work", work.GetHashCode()).Output("x", publish: "results/count.txt");
            }

            private sealed class HiddenTask : StepTask<Md>
            {
                public override void Define(StepBuilder steps, Md context)
                {
                }
            }
            """);
        Snapshot.Matches(string.Join("\n\n", Study.Find(source).Select(Text).Distinct()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_OfEachId_HasASectionWithExamplesAndItsLinkLeadsThere(string id)
    {
        var rule = Study.AllRules.First(each => each.Id == id);
        Assert.Equal($"docs/analyzers.md#{id.ToUpperInvariant().Replace("SMS", "sms", StringComparison.Ordinal)}", rule.HelpLinkUri);
        var section = Assert.Single(Section().Matches(Page), match => match.Groups["id"].Value == id).Value;
        Assert.Contains(rule.Title.ToString(null), section, StringComparison.Ordinal);
        Assert.Contains("Wrong:", section, StringComparison.Ordinal);
        Assert.Contains("Right:", section, StringComparison.Ordinal);
        Assert.True(rule.IsEnabledByDefault);
        Assert.Equal(DiagnosticSeverity.Warning, rule.DefaultSeverity);
    }

    [Fact]
    public void Sections_OfThePage_AreOfRulesThatThereAre() =>
        Assert.Equal(Study.AllRules.Select(rule => rule.Id).Distinct(), Section().Matches(Page).Select(match => match.Groups["id"].Value));

    /// <summary>What the page calls wrong is found, under its id alone; what it calls right is not.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Examples_OfThePage_AreWrongAndRight(string id)
    {
        var section = Section().Matches(Page).Single(match => match.Groups["id"].Value == id).Value;
        var examples = Example().Matches(section);
        Assert.Equal(["Wrong", "Right"], examples.Select(example => example.Groups["kind"].Value).Distinct());
        foreach (var example in examples.Select(match => (Kind: match.Groups["kind"].Value, Code: match.Groups["code"].Value)))
        {
            var found = Study.Find(Whole(example.Code)).Select(one => one.Id).Distinct();
            Assert.Equal(example.Kind == "Wrong" ? [id] : [], found);
        }
    }

    private static string Whole(string code) => code.Contains("class ", StringComparison.Ordinal)
        ? "public sealed class Md(ICakeContext context) : ScaleMsContext(context, \"study\");\n" + code
        : Study.Task(code);

    private static string Text(Diagnostic found) => $"error {found.Id}: {What(found)}\n  at   {Study.File}:LINE\n  try  {found.Properties[Finding.Advice]}";

    private static string What(Diagnostic found)
    {
        var message = found.GetMessage(null);
        var what = message[..^(found.Properties[Finding.Advice]!.Length + 2)];
        Assert.Equal($"{what}: {found.Properties[Finding.Advice]}", message);
        return what;
    }

    [GeneratedRegex(@"^## (?<id>SMS\d{4})\n.*?(?=^## |\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^(?<kind>Wrong|Right):\n\n```cs\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
