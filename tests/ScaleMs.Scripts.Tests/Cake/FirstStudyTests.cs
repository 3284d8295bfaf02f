using System.Text.RegularExpressions;
using Xunit;

namespace ScaleMs.Scripts.Tests.Cake;

/// <summary>The first study of the documentation, as it is printed.</summary>
public sealed partial class FirstStudyTests(CakeCheckout checkout)
{
    [Fact]
    public void Study_AsPrinted_RunsOnceAndThenOnlyWhatIsNew()
    {
        var study = checkout.Copy("first");
        study["build.cake"] = Printed();
        Assert.InRange(Printed().Split('\n').Length - 1, 10, 25);
        var first = study.Run();
        Assert.Equal((0, "distance[replica=1] distance[replica=2] distance[replica=3] distance[replica=4] table walk[replica=1] walk[replica=2] walk[replica=3] walk[replica=4]"), (first.ExitCode, first.Executed));
        Assert.Equal(4, study["results/table.txt"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("distance[replica=5] table walk[replica=5]", study.Run("--set=replicas=5").Executed);
    }

    [Fact]
    public void Study_AsPrinted_IsThatOfTheRepository() => Assert.Equal(CakeCheckout.Text("workflows/first/build.cake"), Printed());

    private static string Printed() => Script().Match(CakeCheckout.Text("docs/first-study.md")).Groups[1].Value;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Script();
}
