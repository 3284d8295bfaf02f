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

    [Fact]
    public void Options_ThatManyTasksAskForAtOnce_AreAllRemembered()
    {
        var given = Enumerable.Range(0, 20_000).Select(number => ($"option-{number}", "1")).ToArray();
        var arguments = Asked(given);
        Parallel.ForEach(given, option => arguments.HasArgument(option.Item1));
        Assert.Empty(arguments.Unknown());
    }

    private static AskedArguments Asked(params (string Name, string Value)[] given) =>
        new(new CakeArguments(given.ToLookup(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase)));
}
