using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>The engine against the reference on random workflows and random edits.</summary>
public sealed class ModelTests
{
    [Fact]
    public void Engine_OnRandomWorkflowsAndEdits_AgreesWithTheReference() =>
        new RandomScenarios(seed: 11, scenarios: 200, longest: 200).Play((numbers, told) => new Scenario(numbers, told).Play());
}
