using Xunit;

namespace ScaleMs.Scripts.Tests;

public sealed class PackTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Pack_WithoutTools_PackagesOfNowTakeThePlaceOfFormerOnes()
    {
        _checkout.Remove("gmx");
        _checkout.Remove("gnuplot");
        _checkout.Write("artifacts/packages/Old.1.0.0.nupkg", "former");
        _checkout.Write("artifacts/pack/obj/half.dll", "of a killed build");
        Assert.Equal((0, "New.1.0.0.nupkg\n"), Outcome(_checkout.Run("--target=pack")));
        Assert.Equal(["New.1.0.0.nupkg"], _checkout.Names("artifacts/packages"));
        Assert.Empty(_checkout.Names("artifacts/pack"));
    }

    [Fact]
    public void Pack_SourcesDoNotBuild_NoPackagesAreThere()
    {
        _checkout.Write("artifacts/packages/Old.1.0.0.nupkg", "former");
        _checkout.Write("stub.does-not-build", "");
        Assert.Equal((3, ""), Outcome(_checkout.Run("--target", "pack")));
        Assert.Empty(_checkout.Names("artifacts/packages"));
    }

    private static (int, string) Outcome(Result result) => (result.ExitCode, result.Output);
}
