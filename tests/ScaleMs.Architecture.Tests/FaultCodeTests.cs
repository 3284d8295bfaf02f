using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>What authors are told is promised: a fault of each code stands in a snapshot, with what happened and what to do.</summary>
public sealed partial class FaultCodeTests
{
    public static TheoryData<string> Codes => [.. Repository.Files(".cs", "src", "recipes")
        .SelectMany(file => Quoted().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Faults that need what only tests of their own set up; those assert the code and what they say.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["SMS1041"] = "tests/ScaleMs.Engine.Tests/Secrets/SecretStepTests.cs",
        ["SMS1042"] = "tests/ScaleMs.Engine.Tests/Secrets/SecretStepTests.cs",
        ["SMS1043"] = "tests/ScaleMs.Engine.Tests/Secrets/SecretStepTests.cs",
        ["SMS1044"] = "tests/ScaleMs.Engine.Tests/Secrets/SecretStepTests.cs",
        ["SMS1045"] = "tests/ScaleMs.Engine.Tests/Secrets/SecretStepTests.cs",
        ["SMS2008"] = "tests/ScaleMs.Engine.Tests/Parameters/ParameterTests.cs",
        ["SMS2011"] = "tests/ScaleMs.Engine.Tests/Tracing/TracingTests.cs",
    };

    private static string Snapshots { get; } = string.Join('\n', Repository.Files(".txt", "tests").Select(File.ReadAllText));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_OfAFault_IsWordedInASnapshot(string code)
    {
        if (Elsewhere.TryGetValue(code, out var test))
        {
            Assert.Contains(code, Repository.Read(test), StringComparison.Ordinal);
            return;
        }

        Assert.Matches($@"(?m)^error {code}: \S.*\n(  at   \S+:(\d+|LINE)( \(used at \S+\))?\n)?  try  \S", Snapshots);
    }

    [Fact]
    public void Codes_InTheSources_AreFound() => Assert.Contains("SMS1001", Codes.Select(row => row.Data));

    [GeneratedRegex("\"(SMS\\d{4})\"")]
    private static partial Regex Quoted();
}
