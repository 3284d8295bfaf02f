using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Failures;

public sealed class RetryPolicyTests
{
    private const long GiB = 1L << 30;
    private static readonly Resources Site = new(4, 8 * GiB);
    private static readonly Resources Granted = new(1, 1 * GiB, 0, TimeSpan.FromHours(1));
    private static readonly RetryRules Credits = new() { Credits = 2, Delay = TimeSpan.FromSeconds(10) };
    private static readonly RetryRules Growing = new() { Time = new Growth(2), Memory = new Growth(3) };

    /// <summary>The whole table: what one failure of each class leads to, under each kind of rules.</summary>
    [Theory]
    [InlineData(FailureClass.SubmitError, "1 s", "1 s", "1 s")]
    [InlineData(FailureClass.NeverStarted, "1 s", "1 s", "1 s")]
    [InlineData(FailureClass.Preempted, "1 s", "1 s", "1 s")]
    [InlineData(FailureClass.NodeLost, "1 s", "1 s", "1 s")]
    [InlineData(FailureClass.TimeLimit, "no", "no", "0 s, 2 h")]
    [InlineData(FailureClass.OutOfMemory, "no", "no", "0 s, 3 GiB")]
    [InlineData(FailureClass.ToolError, "no", "10 s", "no")]
    [InlineData(FailureClass.OutputMissing, "no", "10 s", "no")]
    [InlineData(FailureClass.InputChanged, "no", "no", "no")]
    [InlineData(FailureClass.StoreError, "no", "no", "no")]
    [InlineData(FailureClass.Cancelled, "no", "no", "no")]
    public void Decision_OnEachClass_FollowsTheRules(FailureClass failure, string byDefault, string withCredits, string growing) => Assert.Equal(
        [byDefault, withCredits, growing],
        new[] { RetryRules.Default, Credits, Growing }.Select(rules => Text(After(rules, Of(failure)))));

    [Fact]
    public void Table_AboveTellsOfEveryClass() => Assert.Equal(
        Enum.GetValues<FailureClass>().Length,
        typeof(RetryPolicyTests).GetMethod(nameof(Decision_OnEachClass_FollowsTheRules))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Length);

    [Fact]
    public void Site_ThatNeverWorks_IsGivenUpAfterTenTriesWithGrowingPauses()
    {
        var told = Series(RetryRules.Default, Of(FailureClass.NodeLost));
        Assert.Equal(["1 s", "2 s", "4 s", "8 s", "16 s", "32 s", "64 s", "128 s", "256 s", "300 s", "no"], told);
    }

    [Fact]
    public void Site_FailuresOfAllItsClasses_CountTogetherAndCostNoCredit()
    {
        FailedAttempt[] failed = [Of(FailureClass.NodeLost), Of(FailureClass.Preempted), Of(FailureClass.ToolError)];
        Assert.Equal("10 s", Text(After(Credits, failed)));
        Assert.Equal("4 s", Text(After(Credits, [.. failed, Of(FailureClass.NeverStarted)])));
    }

    [Fact]
    public void Credits_AreUsedUpOneByOne() => Assert.Equal(["10 s", "20 s", "no"], Series(Credits, Of(FailureClass.ToolError)));

    [Fact]
    public void Credits_ToolErrorsAndMissingOutputs_ShareThem() =>
        Assert.Equal("no", Text(After(Credits, Of(FailureClass.ToolError), Of(FailureClass.OutputMissing), Of(FailureClass.ToolError))));

    [Fact]
    public void Most_IsTheNumberOfAttemptsIfItGoesOnLikeThis()
    {
        var again = Assert.IsType<RetryDecision.Again>(After(Credits, Of(FailureClass.NodeLost), Of(FailureClass.ToolError)));
        Assert.Equal(4, again.Most); // the lost one, the failed one, and two credits
    }

    [Fact]
    public void Start_ThatWillNeverWork_IsNotTriedAgain() =>
        Assert.Equal("no", Text(After(Credits, new FailedAttempt(new Failure(FailureClass.SubmitError, "no such program") { IsLasting = true }, Granted))));

    [Fact]
    public void ExitCode_ThatAsksForLater_HasItsOwnBoundAndCostsNoCredit()
    {
        var rules = Credits with { LaterExits = [42], LaterTries = 2, LaterDelay = TimeSpan.FromMinutes(4) };
        var later = Of(FailureClass.ToolError, exitCode: 42);
        Assert.Equal(["240 s", "300 s", "no"], Series(rules, later));
        Assert.Equal("10 s", Text(After(rules, later, later, Of(FailureClass.ToolError, exitCode: 1))));
    }

    [Fact]
    public void Pause_LongerThanFiveMinutesByTheAuthor_StaysAsItIs() =>
        Assert.Equal(["3600 s", "3600 s", "no"], Series(Credits with { Delay = TimeSpan.FromHours(1) }, Of(FailureClass.ToolError)));

    [Fact]
    public void Memory_GrowsUpToWhatTheSiteHas_ThenGivesUpAndSaysSo()
    {
        Assert.Equal("0 s, 8 GiB", Text(After(Growing, Of(FailureClass.OutOfMemory, Granted with { MemoryBytes = 4 * GiB }))));
        var final = Assert.IsType<RetryDecision.GiveUp>(After(Growing, Of(FailureClass.OutOfMemory, Granted with { MemoryBytes = 8 * GiB })));
        Assert.Equal("its memory may not grow any further", final.Why);
    }

    [Fact]
    public void Memory_GrowsUpToItsOwnBound() =>
        Assert.Equal("0 s, 2 GiB", Text(After(Growing with { Memory = new Growth(3, 2 * GiB) }, Of(FailureClass.OutOfMemory))));

    [Fact]
    public void Memory_OfWhichTheSiteTellsNothing_GrowsWithoutBound() => Assert.Equal(
        "0 s, 30 GiB", Text(RetryPolicy.After(Growing, [Of(FailureClass.OutOfMemory, Granted with { MemoryBytes = 10 * GiB })], new Resources(4))));

    [Fact]
    public void Time_GrowsUpToItsBound_ThenGivesUpAndSaysSo()
    {
        var rules = Growing with { Time = new Growth(2, TimeSpan.FromHours(3).Ticks) };
        Assert.Equal("0 s, 3 h", Text(After(rules, Of(FailureClass.TimeLimit, Granted with { TimeLimit = TimeSpan.FromHours(2) }))));
        var final = Assert.IsType<RetryDecision.GiveUp>(After(rules, Of(FailureClass.TimeLimit, Granted with { TimeLimit = TimeSpan.FromHours(3) })));
        Assert.Equal("its time may not grow any further", final.Why);
    }

    [Fact]
    public void Time_WithoutBound_GrowsTenTimes() => Assert.Equal(11, Series(Growing, Of(FailureClass.TimeLimit)).Count);

    [Fact]
    public void TimeLimit_WithNewCheckpoint_GoesOnWithTheSameTime() =>
        Assert.Equal("0 s, 1 h", Text(After(RetryRules.Default, Of(FailureClass.TimeLimit) with { LeftCheckpoint = true })));

    [Fact]
    public void OutOfMemory_WithNewCheckpoint_NeedsMoreMemoryAllTheSame() =>
        Assert.Equal("no", Text(After(RetryRules.Default, Of(FailureClass.OutOfMemory) with { LeftCheckpoint = true })));

    [Theory]
    [InlineData(FailureClass.ToolError)]
    [InlineData(FailureClass.OutputMissing)]
    public void Continuation_ThatFails_StartsOverAtOnceAndCostsNoCredit(FailureClass failure)
    {
        var continued = Of(failure) with { WasContinued = true };
        var again = Assert.IsType<RetryDecision.Again>(After(RetryRules.Default, continued));
        Assert.True(again.StartsOver);
        Assert.Equal(TimeSpan.Zero, again.Delay);
        Assert.Equal("20 s", Text(After(Credits, continued, Of(failure), Of(failure))));
    }

    private static FailedAttempt Of(FailureClass failure, Resources? granted = null, int? exitCode = null) =>
        new(new Failure(failure, "it failed", exitCode), granted ?? Granted);

    private static RetryDecision After(RetryRules rules, params FailedAttempt[] failed) => RetryPolicy.After(rules, failed, Site);

    /// <summary>What comes of the same failure again and again.</summary>
    private static List<string> Series(RetryRules rules, FailedAttempt failure)
    {
        var told = new List<string>();
        var failed = new List<FailedAttempt>();
        do
        {
            failed.Add(failure);
            told.Add(Text(RetryPolicy.After(rules, failed, Site)).Split(',')[0]);
        }
        while (told[^1] != "no" && told.Count < 100);
        return told;
    }

    private static string Text(RetryDecision decision) => decision switch
    {
        RetryDecision.Again again when again.Resources.MemoryBytes != Granted.MemoryBytes => $"{again.Delay.TotalSeconds} s, {again.Resources.MemoryBytes / GiB} GiB",
        RetryDecision.Again { Delay.Ticks: 0 } again => $"{again.Delay.TotalSeconds} s, {again.Resources.TimeLimit!.Value.TotalHours} h",
        RetryDecision.Again again => $"{again.Delay.TotalSeconds} s",
        _ => "no",
    };
}
