using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Model;

/// <summary>The small parts of a declaration.</summary>
public sealed class DeclarationTests
{
    [Theory]
    [InlineData("gmx mdrun -ntomp 2", "gmx", "mdrun", "-ntomp", "2")]
    [InlineData("gmx '' 'a b' 'a$b' '*'", "gmx", "", "a b", "a$b", "*")]
    [InlineData("sh -c 'echo '\\''x'\\'''", "sh", "-c", "echo 'x'")]
    public void Command_ForPeople_CanBePastedIntoAShell(string expected, string program, params string[] arguments) =>
        Assert.Equal(expected, new Command(program, arguments).Display);

    [Theory]
    [InlineData(SuccessKind.TextMatches, "done\n", true)]
    [InlineData(SuccessKind.TextMatches, "not\nyet", false)]
    [InlineData(SuccessKind.TextDoesNotMatch, "done\n", false)]
    [InlineData(SuccessKind.TextDoesNotMatch, "not\nyet", true)]
    public void Condition_OnText_LooksAtEachLine(SuccessKind kind, string text, bool expected) =>
        Assert.Equal(expected, new SuccessCondition(kind, null, "^done", "it is not done").HoldsFor("first\n" + text));

    [Fact]
    public void SuccessRule_NotGiven_IsExitCodeZeroAlone()
    {
        Assert.Equal([0], SuccessRule.Default.AllowedExitCodes);
        Assert.Empty(SuccessRule.Default.Conditions);
    }

    [Fact]
    public void Resources_NotGiven_AreOneCore() => Assert.Equal(new Resources(1, 0, 0, null, null), Resources.Default);

    [Theory]
    [InlineData("Workflow.cs", 42, "Workflow.cs:42")]
    [InlineData("", 0, "(unknown place)")]
    public void Place_ForPeople_IsFileAndLine(string file, int line, string expected) =>
        Assert.Equal(expected, new SourceLocation(file, line).ToString());
}
