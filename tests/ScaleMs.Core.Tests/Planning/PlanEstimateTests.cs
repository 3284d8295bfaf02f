using ScaleMs.Core.Graph;
using ScaleMs.Core.Model;
using ScaleMs.Core.Planning;
using ScaleMs.Core.Planning.Estimates;
using ScaleMs.Core.Tests.Graph;
using Xunit;

namespace ScaleMs.Core.Tests.Planning;

public sealed class PlanEstimateTests
{
    [Theory]
    [InlineData(1, 0, 600.0)]
    [InlineData(2, 0, 300.0)]
    [InlineData(4, 0, 200.0)]
    [InlineData(100, 0, 100.0)]
    [InlineData(100, 2, 300.0)]
    public void Estimate_OfSixSteps_FollowsTheJobsAndTheTokens(int jobs, int licences, double wall)
    {
        var flow = new Flow().Task("md");
        for (var i = 0; i < 6; i++)
        {
            flow.Step($"md/run[{i}]", step => step with { Resources = new Resources(Tokens: new Dictionary<string, int> { ["licence"] = 1 }) });
        }

        var tokens = licences == 0 ? null : new Dictionary<string, int> { ["licence"] = licences };
        var estimate = Estimate(flow.Graph(), new Resources(jobs, Tokens: tokens), _ => 100);
        Assert.Equal((600, 0, 100, wall, jobs, 0), (estimate.CertainSeconds, estimate.PossibleSeconds, estimate.PathSeconds, estimate.ElapsedSeconds, estimate.Jobs, estimate.Unknown));
    }

    /// <summary>The long chain starts first, so the short steps fill the other core.</summary>
    [Fact]
    public void Estimate_OfAChainBesideShortSteps_IsTheChain()
    {
        var flow = new Flow().Task("t").Step("t/a").Step("t/b", "t/a").Step("t/c", "t/b");
        for (var i = 0; i < 6; i++)
        {
            flow.Step($"t/short[{i}]");
        }

        Assert.Equal(300, Estimate(flow.Graph(), new Resources(2), id => id.Member.Length > 0 ? 50 : 100).ElapsedSeconds);
    }

    [Fact]
    public void Estimate_OfAPart_CountsNothingForWhatDoesNotRunOrIsUnknown()
    {
        var graph = new Flow().Task("t").Step("t/a").Step("t/b", "t/a").Step("t/c", "t/b").Step("t/d", "t/c").Task("u", ["t"]).Step("u/last").Graph();
        var estimate = Estimate(graph, new Resources(4), id => id.Step switch { "a" => null, "d" => double.NaN, _ => 7 });
        Assert.Equal((21.0, 21.0, 1), (estimate.ElapsedSeconds, estimate.PathSeconds, estimate.Unknown));
    }

    /// <summary>Graham's bound: no list schedule takes longer than the work of all cores and the longest chain.</summary>
    [Fact]
    public void Estimate_OfAnyGraph_IsWithinTheBoundsOfListSchedules()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var flow = new Flow().Task("t");
            for (var i = 0; i < 40; i++)
            {
                flow.Step($"t/s[{i}]", [.. Enumerable.Range(0, i).Where(_ => random.Next(8) == 0).Select(before => $"t/s[{before}]")]);
            }

            var jobs = 1 + random.Next(6);
            var estimate = Estimate(flow.Graph(), new Resources(jobs), id => 1 + (int.Parse(id.Member, System.Globalization.CultureInfo.InvariantCulture) * 7919 % 13));
            Assert.InRange(estimate.ElapsedSeconds, Math.Max(estimate.PathSeconds, estimate.CertainSeconds / jobs), (estimate.CertainSeconds / jobs) + estimate.PathSeconds);
        }
    }

    /// <summary>Null does not run; what is no number is unknown.</summary>
    private static PlanEstimate Estimate(WorkflowGraph graph, Resources capacity, Func<StepId, double?> secondsOf) => PlanEstimate.Of(
        [.. graph.Steps.Select(step => new PlannedStep(step, secondsOf(step.Id) is null ? PlanKind.UpToDate : PlanKind.Certain, new Reason("r", "r"))
        {
            Predicted = secondsOf(step.Id) is { } seconds ? double.IsNaN(seconds) ? Prediction.Unknown : new Prediction(seconds, PredictionOrigin.Itself) : null,
        })],
        graph,
        capacity);
}
