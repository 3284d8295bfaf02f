using Xunit;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>Outputs with a tolerance under random edits, losses of bytes and crashes: readers hold what is published, which is within tolerance of what was made.</summary>
public sealed class ToleranceModelTests
{
    [Fact]
    public void Output_UnderRandomEditsAndCrashes_IsWithinToleranceAndWhatItsReaderRead() =>
        new RandomScenarios(seed: 5, scenarios: 150, longest: 150).Play((numbers, told) => new ToleranceScenario(numbers, told).Play());
}
