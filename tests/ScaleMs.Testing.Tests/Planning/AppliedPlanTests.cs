using ScaleMs.Testing.Tests.Model;
using Xunit;

namespace ScaleMs.Testing.Tests.Planning;

/// <summary>A reviewed plan on random workflows, with random edits between plan and apply.</summary>
public sealed class AppliedPlanTests
{
    [Fact]
    public void Apply_OfRandomPlansAfterRandomEdits_RunsNothingButThePlanOrRefuses() =>
        new RandomScenarios(seed: 5, scenarios: 300, longest: 120).Play((numbers, told) => new AppliedPlan(numbers, told).Play());
}
