using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>Solutions that cannot be read, or not as a whole, are faults with file, line and advice; nothing is executed.</summary>
public sealed class SolutionFaultTests
{
    [Theory]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="../App/App.csproj" /></ItemGroup></Project>""", "projects refer to each other in a circle: src/Lib/Lib.csproj → src/App/App.csproj → src/Lib/Lib.csproj")]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="$(Other)" /></ItemGroup></Project>""", "src/Lib/Lib.csproj:1 refers to the project '$(Other)', and only MSBuild knows which that is")]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="../*/*.csproj" /></ItemGroup></Project>""", "src/Lib/Lib.csproj:1 refers to the project '../*/*.csproj', and only MSBuild knows which that is")]
    [InlineData("""<Project><ItemGroup><ProjectReference Include="../Gone/Gone.csproj" /></ItemGroup></Project>""", "the project 'src/Gone/Gone.csproj' cannot be read")]
    [InlineData("""<Project><Import Project="$([MSBuild]::GetPathOfFileAbove('Common.props'))" /></Project>""", "'src/Lib/Lib.csproj' looks for 'Common.props' in the folders above")]
    [InlineData("<Project>", "the project 'src/Lib/Lib.csproj' cannot be read: Unexpected end of file")]
    public void Project_ThatCannotBeRead_IsAFault(string project, string message) => Faults(SampleSolution.Test("build").Holds("src/Lib/Lib.csproj", project), message);

    [Theory]
    [InlineData("""<Import Project="$(Shared)/Common.props" Condition="'$(Shared)' != ''" />""", "Directory.Build.targets:2 imports '$(Shared)/Common.props', and only MSBuild knows what that is")]
    [InlineData("""<ItemGroup><Compile Include="a.cs;$(Shared)\*.cs" /></ItemGroup>""", @"Directory.Build.targets:2 takes '$(Shared)\*.cs', and only MSBuild knows what that is")]
    [InlineData("""<ItemGroup><None Include="$([System.IO.Path]::Combine('a', 'b'))" /></ItemGroup>""", "Directory.Build.targets:2 takes '$([System.IO.Path]::Combine('a', 'b'))', and only MSBuild knows what that is")]
    [InlineData("""<ItemGroup><None Include="../../../beyond.txt" /></ItemGroup>""", "Directory.Build.targets:2 takes '../../../beyond.txt', which lies outside the workspace")]
    [InlineData("<Import>", "the build file 'Directory.Build.targets' cannot be read")]
    public void SharedFile_ThatCannotBeFollowed_IsAFaultWithItsLine(string text, string message) => Faults(SampleSolution.Test("build").Holds("Directory.Build.targets", $"<Project>\n{text}</Project>"), message);

    [Theory]
    [InlineData("Directory.Build.targets")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    public void File_AboveTheWorkspaceThatBuildsWouldFind_IsAFaultUntilTheWorkspaceHasOne(string name)
    {
        var solution = SampleSolution.Test("build");
        var path = Path.Combine(Path.GetDirectoryName(SimulatedHost.Workspace)!, name);
        solution.Host.Disk.Write(path, "<Project />");
        Faults(solution, $"'{path}' lies above the workspace and would be part of every build");
        Assert.Equal(6, solution.Holds(name, "<Project />").Run().ExecutedSteps.Count);
    }

    [Theory]
    [InlineData("""<TargetFrameworks>net9.0</TargetFrameworks><TargetFrameworks Condition="'$(OS)' == 'x'">net9.0;net10.0</TargetFrameworks>""")]
    [InlineData("<TargetFrameworks>$(Given);net10.0</TargetFrameworks>")]
    [InlineData("<TargetFrameworks>net9.0;net10.0</TargetFrameworks><TargetFramework>net10.0</TargetFramework>")]
    public void Frameworks_ThatBuildFilesDoNotTell_AreAFaultOfTests(string frameworks) => Faults(
        SampleSolution.Test("test").Holds("Directory.Build.props", "<Project />").Holds("src/All.Tests/All.Tests.csproj", $"<Project><PropertyGroup>{frameworks}</PropertyGroup></Project>"),
        "the target frameworks of 'src/All.Tests/All.Tests.csproj' cannot be told");

    private static void Faults(WorkflowTest solution, string message)
    {
        var fault = Assert.ThrowsAny<Exception>(() => solution.Run());
        Assert.Contains(message, fault.ToString(), StringComparison.Ordinal);
    }
}
