using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Architecture.Tests;

/// <summary>What authors are told is promised: a fault of each code stands in a snapshot, with what happened and what to do.</summary>
public sealed partial class FaultCodeTests
{
    public static TheoryData<string> Codes => [.. Repository.Files(".cs", "src", "recipes")
        .SelectMany(file => Quoted().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string Snapshots { get; } = string.Join('\n', Repository.Files(".txt", "tests").Select(File.ReadAllText));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_OfAFault_IsWordedInASnapshot(string code) =>
        Assert.Matches($@"(?m)^error {code}: \S.*\n(  at   \S+:(\d+|LINE)( \(used at \S+(, overridden at \S+)?\))?\n)?  try  \S", Snapshots);

    [Fact]
    public void Codes_InTheSources_AreFound() => Assert.Contains("SMS1001", Codes.Select(row => row.Data));

    [GeneratedRegex("\"(SMS\\d{4})\"")]
    private static partial Regex Quoted();
}
