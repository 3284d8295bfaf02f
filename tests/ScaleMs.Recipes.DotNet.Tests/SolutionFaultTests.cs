using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>Solutions that cannot be read are faults with the project's name and advice; nothing is executed.</summary>
public sealed class SolutionFaultTests
{
    [Theory]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="../App/App.csproj" /></ItemGroup></Project>""", "projects refer to each other in a circle: src/Lib/Lib.csproj → src/App/App.csproj → src/Lib/Lib.csproj")]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="$(Other)" /></ItemGroup></Project>""", "'src/Lib/Lib.csproj' refers to the project '$(Other)', and only MSBuild knows which that is")]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="../Gone/Gone.csproj" /></ItemGroup></Project>""", "the project 'src/Gone/Gone.csproj' cannot be read")]
    [InlineData("""<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Common.props'))" /></Project>""", "'src/Lib/Lib.csproj' looks for 'Common.props' in the folders above")]
    [InlineData("<Project>", "the project 'src/Lib/Lib.csproj' cannot be read: Unexpected end of file")]
    public void Project_ThatCannotBeRead_IsAFault(string project, string message)
    {
        var solution = SampleSolution.Test("build").Holds("src/Lib/Lib.csproj", project);
        var fault = Assert.ThrowsAny<Exception>(() => solution.Run());
        Assert.Contains(message, fault.ToString(), StringComparison.Ordinal);
    }
}
