using ScaleMs.Core.Failures;
using ScaleMs.Core.Model;
using Xunit;

namespace ScaleMs.Core.Tests.Model;

/// <summary>What few steps declare is kept aside; nobody notices.</summary>
public sealed class StepInstanceTests
{
    private static readonly StepInstance Plain = new() { Id = StepId.Parse("a/b"), Operation = new Operation.Commands([]) };

    [Fact]
    public void Step_WithTraits_HasThemAndLosesThemAgain()
    {
        var rules = RetryRules.Default with { Credits = 7 };
        var step = Plain with
        {
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1" },
            PassedEnvironment = ["HOME"],
            Parameters = [KeyValuePair.Create("p", "1")],
            SiteFacts = [SiteFact.Architecture],
            Checkpoint = [ArtifactPath.Parse("run.cpt")],
            Retries = rules,
        };

        Assert.Equal("1", step.Environment["A"]);
        Assert.Equal(["HOME"], step.PassedEnvironment);
        Assert.Equal("p", step.Parameters.Single().Key);
        Assert.Equal([SiteFact.Architecture], step.SiteFacts);
        Assert.Equal("run.cpt", step.Checkpoint.Single().Value);
        Assert.Same(rules, step.Retries);

        var bare = step with { Environment = Plain.Environment, PassedEnvironment = [], Parameters = [], SiteFacts = [], Checkpoint = [], Retries = RetryRules.Default };
        Assert.Empty(bare.Environment);
        Assert.Empty(bare.PassedEnvironment);
        Assert.Empty(bare.Parameters);
        Assert.Empty(bare.SiteFacts);
        Assert.Empty(bare.Checkpoint);
        Assert.Same(RetryRules.Default, bare.Retries);
        Assert.Empty(Plain.PassedEnvironment);
    }
}
