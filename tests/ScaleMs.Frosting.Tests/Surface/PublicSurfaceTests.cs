using System.Reflection;
using Cake.Frosting;
using Xunit;

namespace ScaleMs.Frosting.Tests.Surface;

/// <summary>The list beside this test is of the official package; whichever Cake.Frosting the build uses has all of it.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Assembly s_frosting = typeof(CakeHost).Assembly;

    [Fact]
    public void PublicSurface_Standin_HasAllOfTheOfficialPackage() => Assert.Empty(Official().Except(PublicSurface.Of(s_frosting)));

    [Fact]
    public void PublicSurface_Standin_HasNothingThatTheOfficialPackageLacks() => Assert.Empty(PublicSurface.Of(s_frosting).Except(Official()));

    [Fact]
    public void Identity_Standin_IsThatOfTheOfficialAssembly()
    {
        var name = s_frosting.GetName();
        Assert.Equal("Cake.Frosting, Version=7.0.0.0, Culture=neutral, PublicKeyToken=null", name.FullName);
    }

    private static string[] Official()
    {
        using var reader = new StreamReader(typeof(PublicSurfaceTests).Assembly.GetManifestResourceStream("PublicSurface.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
