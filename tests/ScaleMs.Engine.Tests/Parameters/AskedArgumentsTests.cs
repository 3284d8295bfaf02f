using Cake.Core;
using Xunit;

namespace ScaleMs.Engine.Tests.Parameters;

/// <summary>The arguments of a script under `dotnet cake`.</summary>
public sealed class AskedArgumentsTests
{
    [Fact]
    public void Target_ByItsShortName_ReachesTheScript()
    {
        var arguments = Asked(("t", "walk"));
        Assert.True(arguments.HasArgument("target"));
        Assert.Equal(["walk"], arguments.GetArguments("target"));
        Assert.False(Asked(("t", "walk")).HasArgument("configuration"));
    }

    [Fact]
    public void Option_ThatNobodyAskedFor_IsToldWithTheNearestName()
    {
        var arguments = Asked(("targt", "walk"), ("mine", "1"), ("jobs", "2"));
        arguments.GetArguments("mine");
        Assert.Contains("targt", Assert.Single(arguments.Unknown()).What, StringComparison.Ordinal);
    }

    private static AskedArguments Asked(params (string Name, string Value)[] given) =>
        new(new CakeArguments(given.ToLookup(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase)));
}
