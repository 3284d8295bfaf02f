using Cake.Core;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>Builds that nobody would think of. A failure names its seed.</summary>
public sealed class RandomBuildTests
{
    private const int Builds = 400;

    [Fact]
    public async Task Engines_OnRandomBuilds_DoTheSame()
    {
        var first = int.TryParse(Environment.GetEnvironmentVariable("SCALEMS_SEED"), out var seed) ? seed : Random.Shared.Next();
        for (var i = 0; i < Builds; i++)
        {
            try
            {
                await Engines.AgreeAsync(new RandomBuild(first + i).Define, new RandomBuild(first + i).Asked);
            }
            catch (Exception exception)
            {
                Assert.Fail($"SCALEMS_SEED={first + i}: {exception.Message}");
            }
        }
    }
}
