using FsCheck;
using FsCheck.Fluent;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Model;

public sealed class StepIdTests
{
    /// <summary>The names that a definition accepts: ASCII letters, digits, and four signs.</summary>
    private static readonly Gen<string> Name = Text("abzAZ09-_.+", 1);

    /// <summary>Members hold more: <c>axis=name</c> pairs.</summary>
    private static readonly Gen<string> Member = Text("aZ9-_.+=,/[] é", 0);

    private static readonly Gen<StepId> Id =
        from task in Name from step in Name from own in Gen.Choose(0, 1) from member in Member
        select new StepId(task, own == 0 ? task : step, member);

    [Fact]
    public void Id_WrittenAndRead_IsTheSame() =>
        Prop.ForAll(Id.ToArbitrary(), id => StepId.Parse(id.ToString()) == id).QuickCheckThrowOnFailure();

    [Fact]
    public void Id_ChangedAfterItWasCounted_CountsAsWhatItIsNow()
    {
        var id = new StepId("simulate", "mdrun", "replica=1");
        var before = id.GetHashCode();
        var other = id with { Member = "replica=2" };

        Assert.Equal(new StepId("simulate", "mdrun", "replica=2"), other);
        Assert.Equal(new StepId("simulate", "mdrun", "replica=2").GetHashCode(), other.GetHashCode());
        Assert.NotEqual(before, other.GetHashCode());
        Assert.NotEqual(id, id with { Task = "other" });
        Assert.NotEqual(id, id with { Step = "other" });
    }

    [Fact]
    public void Id_ComparedWithAnother_FollowsTheParts() => Prop.ForAll(Id.ToArbitrary(), Id.ToArbitrary(), (a, b) =>
    {
        var expected = Math.Sign(string.CompareOrdinal(Parts(a), Parts(b)));
        return Math.Sign(a.CompareTo(b)) == expected && a < b == expected < 0 && a > b == expected > 0
            && a <= b == expected <= 0 && a >= b == expected >= 0;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("simulate", "simulate", "simulate", "")]
    [InlineData("simulate/mdrun", "simulate", "mdrun", "")]
    [InlineData("simulate[replica=3]", "simulate", "simulate", "replica=3")]
    [InlineData("simulate/mdrun[replica=3]", "simulate", "mdrun", "replica=3")]
    [InlineData("prepare/prep.solvate", "prepare", "prep.solvate", "")]
    [InlineData("analyse/rdf[replica=3,pair=a/b]", "analyse", "rdf", "replica=3,pair=a/b")]
    public void Id_InItsTextForm_IsAsDocumented(string text, string task, string step, string member)
    {
        Assert.Equal(new StepId(task, step, member), StepId.Parse(text));
        Assert.Equal(text, new StepId(task, step, member).ToString());
    }

    [Fact]
    public void Id_OfTaskWithoutStepAndMember_LeavesBothOut() => Assert.Equal("npt", new StepId("npt", "npt").ToString());

    /// <summary>U+0001 comes before every character of a name: joining keeps the order of the parts.</summary>
    private static string Parts(StepId id) => $"{id.Task}\u0001{id.Step}\u0001{id.Member}";

    private static Gen<string> Text(string alphabet, int shortest) =>
        from length in Gen.Choose(shortest, 6)
        from letters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(letters);
}
