using Xunit;

namespace ScaleMs.Scripts.Tests;

public sealed class FaultsTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Faults_WithoutTools_StormIsBuiltAndGetsEveryArgument()
    {
        _checkout.Remove("gmx");
        _checkout.Remove("gnuplot");
        var result = _checkout.Run("--target=faults", "--set", "kills=3", "--set", "seed=7");
        Assert.Equal((0, "<--target=faults>\n<--set>\n<kills=3>\n<--set>\n<seed=7>\n"), (result.ExitCode, result.Output));
        Assert.Contains(_checkout.Calls, call => call.StartsWith("build", StringComparison.Ordinal) && call.Contains("tests/ScaleMs.Storm", StringComparison.Ordinal));
        Assert.Equal(0, _checkout.Builds);
    }

    [Fact]
    public void Faults_StormFindsSomething_ExitCodeIsItsOwn()
    {
        _checkout.Write("stub.exit", "1");
        Assert.Equal(1, _checkout.Run("--target", "faults").ExitCode);
    }

    [Fact]
    public void Faults_SourcesDoNotBuild_NothingIsStarted()
    {
        _checkout.Write("stub.storm-does-not-build", "");
        var result = _checkout.Run("-t", "faults");
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
    }
}
