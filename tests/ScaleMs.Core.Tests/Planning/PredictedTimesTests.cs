using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Core.Records;
using Xunit;

namespace ScaleMs.Core.Tests.Planning;

public sealed class PredictedTimesTests
{
    [Theory]
    [InlineData("md/run[1]", 10.0, PredictionOrigin.Itself)]
    [InlineData("md/run[9]", 20.0, PredictionOrigin.Siblings)]
    [InlineData("md/other", 25.0, PredictionOrigin.Task)]
    [InlineData("elsewhere", null, PredictionOrigin.Unknown)]
    public void Prediction_FromHistory_IsTheNearestKnown(string step, double? seconds, PredictionOrigin origin)
    {
        var state = new StoreState();
        Record(state, "md/run[1]", 10);
        Record(state, "md/run[2]", 20);
        Record(state, "md/run[3]", 60);
        Record(state, "md/analyse", 30);
        Assert.Equal(new Prediction(seconds, origin), new PredictedTimes(state).Of(StepId.Parse(step)));
    }

    [Fact]
    public void Prediction_AfterALaterResult_IsThatOne()
    {
        var state = new StoreState();
        Record(state, "md/run[1]", 10);
        Record(state, "md/run[1]", 12, "again");
        Assert.Equal(12, new PredictedTimes(state).Of(StepId.Parse("md/run[1]")).Seconds);
    }

    private static void Record(StoreState state, string id, double seconds, string work = "first")
    {
        var (step, key) = (StepId.Parse(id), new ActionKey(Digest.OfText(id + work)));
        state.Apply(new ActionResult { Key = key, Step = step, Outputs = [], Components = [], RunId = work, FinishedAt = default, WallSeconds = seconds });
        state.Apply(new StepStateRecord(step, key, work, default));
    }
}
