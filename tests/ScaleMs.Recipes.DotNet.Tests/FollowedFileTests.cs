using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>Files that build files name are followed wherever they stand and however they are named: a change of one reaches who takes it.</summary>
public sealed class FollowedFileTests
{
    private static readonly string[] s_all = ["build[project=App]", "build[project=All.Tests]", "build[project=Lib]", "test[project=All.Tests]"];
    private static readonly string[] s_restores = ["build/restore[project=App]", "build/restore[project=All.Tests]", "build/restore[project=Lib]"];

    private readonly WorkflowTest _solution = SampleSolution.Test("test");

    [Theory]
    [InlineData("Directory.Build.props", """<AdditionalFiles Include="$(MSBuildThisFileDirectory)style.json" />""", "style.json")]
    [InlineData("Directory.Build.targets", """<Compile Include="../Everywhere/*.cs" />""", "src/Everywhere/More.cs")]
    [InlineData("src/Lib/Lib.csproj", """<Compile Include="$(Root)common/*.cs" />""", "common/More.cs")]
    [InlineData("src/Lib/Lib.csproj", """<Compile Include="$(root)common/$(TargetFramework)/$(MSBuildProjectName).cs" Condition="false" />""", "common/net10.0/Lib.cs")]
    [InlineData("src/Lib/Lib.csproj", """<Reference Include="Native"><HintPath>..\..\native\Native.dll</HintPath></Reference>""", "native/Native.dll")]
    public void Items_OfABuildFile_AreFollowed(string buildFile, string item, string path)
    {
        _solution.Holds("Directory.Packages.props", "<Project><PropertyGroup><Root>$(MSBuildThisFileDirectory)</Root></PropertyGroup></Project>");
        Says(buildFile, $"<ItemGroup>{item}</ItemGroup>").Holds(path, "old").Run();
        _solution.Holds(path, "new").Run().Executed(s_all);
    }

    [Fact]
    public void Key_ThatAPropertyNames_IsFollowed()
    {
        Says("Directory.Build.props", "<PropertyGroup><AssemblyOriginatorKeyFile>$(MSBuildThisFileDirectory)key.snk</AssemblyOriginatorKeyFile></PropertyGroup>").Holds("key.snk", "old").Run();
        _solution.Holds("key.snk", "new").Run().Executed(s_all);
    }

    [Theory]
    [InlineData("Directory.Build.props", "build/Common.props")]
    [InlineData("Directory.Build.props", "$(MSBuildThisFileDirectory)build/Common.props")]
    [InlineData("src/Lib/Lib.csproj", "../../build/Common.props")]
    public void Imports_OfImports_AreFoundWhenTheyCome(string buildFile, string import)
    {
        Says(buildFile, $"""<Import Project="{import}" Condition="Exists('{import}')" />""").Run();
        _solution.Holds("build/Common.props", """<Project><Import Project="$(MSBuildThisFileDirectory)parts/more.projitems" /></Project>""").Run().Executed([.. s_restores, .. s_all]);
        _solution.Holds("build/parts/more.projitems", """<Project><ItemGroup><Compile Include="$(MSBuildThisFileDirectory)*.cs" /></ItemGroup></Project>""").Run().Executed([.. s_restores, .. s_all]);
        _solution.Holds("build/parts/Part.cs", "new").Run().Executed(s_all);
        _solution.Run().ExecutesNothing();
    }

    [Theory]
    [InlineData("""<Import Project="$(NuGetPackageRoot)some/build/some.props" />""")]
    [InlineData("""<Import Project="obj/generated.props" />""")]
    [InlineData("""<ItemGroup><Compile Include="$(IntermediateOutputPath)Generated.cs" /><Using Include="$(Names)" /><None Include="@(Compile->'%(Filename)')" /></ItemGroup>""")]
    [InlineData("""<Target Name="Make"><ItemGroup><Compile Include="$(MadeHere)/*.cs" /></ItemGroup></Target>""")]
    public void Files_ThatTheBuildMakesOrPackagesBring_AreLeftAlone(string text)
    {
        Says("src/Lib/Lib.csproj", text).Run();
        _solution.Holds("src/Lib/obj/generated.props", "<Project />").Run().ExecutesNothing();
    }

    [Theory]
    [InlineData(".editorconfig")]
    [InlineData("NuGet.Config")]
    public void Settings_AboveTheWorkspace_CountByTheirContent(string name)
    {
        _solution.Run();
        Above(name, "old").Run().Executed([.. s_restores, .. s_all]);
        Above(name, "new").Run().Executed([.. s_restores, .. s_all]);
        _solution.Run().ExecutesNothing();
    }

    private WorkflowTest Above(string name, string text)
    {
        _solution.Host.Disk.Write(Path.Combine(Path.GetDirectoryName(SimulatedHost.Workspace)!, name), text);
        return _solution;
    }

    private WorkflowTest Says(string buildFile, string text) =>
        _solution.Holds(buildFile, SampleSolution.Files.GetValueOrDefault(buildFile, "<Project></Project>").Replace("</Project>", text + "</Project>", StringComparison.Ordinal));
}
