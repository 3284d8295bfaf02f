using ScaleMs.Core.Digests;
using ScaleMs.Core.Explaining;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using Xunit;

namespace ScaleMs.Core.Tests.Explaining;

/// <summary>How two small texts are told apart.</summary>
public sealed class TextFieldsTests
{
    [Theory]
    [InlineData("nsteps = 5\n", "nsteps = 6\n", "nsteps 5 → 6 in prod.mdp")]
    [InlineData("nsteps = 5\r\n", "nsteps = 6\n", "nsteps 5 → 6 in prod.mdp")]
    [InlineData("a = 1\n", "a = 1\nb = 2\n", "b = 2 is new in prod.mdp")]
    [InlineData("a = 1\nb = 2\n", "a = 1\n", "b = 2 is gone from prod.mdp")]
    [InlineData("units metal\n", "units real\n", "'units metal' → 'units real' in prod.mdp")]
    [InlineData("fix = 1\nfix = 2\n", "fix = 1\nfix = 3\n", "fix 2 → 3 in prod.mdp")]
    [InlineData("a = 1\nb = 2\n", "a = 2\nb = 3\n", "a 1 → 2 in prod.mdp; b 2 → 3 in prod.mdp")]
    [InlineData("a = 1\nb = 2\n", "b = 2\na = 1\n", "input run.mdp changed")]
    public void Difference_OfTexts_NamesTheLine(string before, string now, string expected) =>
        Assert.Equal(expected, string.Join("; ", KeyDifference.Between(Components(before), Components(now))));

    [Fact]
    public void Difference_OfATextThatWasNotNoted_IsThatOfTheFile() =>
        Assert.Equal(["input run.mdp changed"], KeyDifference.Between([.. Components("a = 1").Where(component => !KeyNote.Is(component.Name))], Components("a = 2")));

    [Fact]
    public void Note_OfManyLines_IsNotMade() => Assert.Null(Noted(string.Concat(Enumerable.Repeat("a = 1\n", TextFields.Most + 1))));

    [Fact]
    public void Note_OfALongLine_HoldsItsDigest() => Assert.True(Noted(new string('x', 5000))!.Length < TextFields.Longest);

    [Fact]
    public void Note_OfOddCharacters_StaysALineAField() => Assert.Equal("a\t1 2", Noted("a = 1\t2\n"));

    private static string? Noted(string text) => TextFields.Write(ContentIdentity.Text.Fields(text));

    private static List<KeyComponent> Components(string text)
    {
        var name = ArtifactPath.Parse("run.mdp");
        return [new KeyComponent("input/run.mdp", Digest.OfText(text).ToString()), KeyNote.OfFile(name, "mdp/prod.mdp", text.Length), KeyNote.OfText(name, Noted(text)!)];
    }
}
