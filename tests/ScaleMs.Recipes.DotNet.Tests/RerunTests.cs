using ScaleMs.Testing;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>Which steps a change reaches, and which it does not.</summary>
public sealed class RerunTests
{
    private static readonly string[] s_builds = ["build[project=App]", "build[project=All.Tests]", "build[project=Lib]"];
    private static readonly string[] s_restores = ["build/restore[project=App]", "build/restore[project=All.Tests]", "build/restore[project=Lib]"];
    private const string Test = "test[project=All.Tests]";

    private readonly WorkflowTest _solution = SampleSolution.Test("test");

    public RerunTests()
    {
        _solution.Run().Executed([.. s_restores, .. s_builds, Test]);
        _solution.Run().ExecutesNothing();
    }

    [Fact]
    public void Source_OfTheProgram_LeavesTheLibraryAlone() => _solution.Holds("src/App/Program.cs", "other").Run().Executed("build[project=App]", "build[project=All.Tests]", Test);

    [Fact]
    public void Source_OfAnotherLibrary_LeavesTestsAlone()
    {
        _solution.Holds("src/Other/Other.csproj", "<Project />").Run().Executed("build/restore[project=Other]", "build[project=Other]");
        _solution.Holds("src/Other/Other.cs", "new").Run().Executed("build[project=Other]");
    }

    [Fact]
    public void Source_OfTheLibrary_ReachesWhatUsesIt() => _solution.Holds("src/Lib/Greeter.cs", "other").Run().Executed([.. s_builds, Test]);

    [Fact]
    public void Source_ThatIsNew_ReachesItsProject() => _solution.Holds("src/All.Tests/New.cs", "new").Run().Executed("build[project=All.Tests]", Test);

    [Fact]
    public void Source_OutsideTheFolderThatTheProjectNames_ReachesIt() => _solution.Holds("src/Common/More.cs", "new").Run().Executed([.. s_builds, Test]);

    [Fact]
    public void Test_Edited_BuildsAndRunsIt() => _solution.Holds("src/All.Tests/GreeterTests.cs", "other").Run().Executed("build[project=All.Tests]", Test);

    [Fact]
    public void Project_Edited_RestoresItAndItsReaders() =>
        _solution.Holds("src/App/App.csproj", SampleSolution.Files["src/App/App.csproj"] + "<!-- -->").Run()
            .Executed("build/restore[project=App]", "build/restore[project=All.Tests]", "build[project=App]", "build[project=All.Tests]", Test);

    [Fact]
    public void SharedFile_ThatIsNew_ReachesEveryProject() => _solution.Holds("Directory.Packages.props", "<Project />").Run().Executed([.. s_restores, .. s_builds, Test]);

    [Fact]
    public void SharedFile_OfOneFolder_IsFoundByItsName() => _solution.Holds("src/App/.editorconfig", "root = true").Run().Executed([.. s_restores, .. s_builds, Test]);

    [Theory]
    [InlineData("src/All.Tests/Cases/.editorconfig")]
    [InlineData("src/All.Tests/Tools/bin/Tool.cs")]
    [InlineData("src/All.Tests/Tools/obj/shape.obj")]
    public void File_BelowAProject_IsItsOwn(string path) => _solution.Holds(path, "new").Run().Executed("build[project=All.Tests]", Test);

    [Fact]
    public void File_ThatAReaderMayCopy_ReachesIt() => _solution.Holds("src/Lib/settings.json", "{ }").Run().Executed([.. s_builds, Test]);

    [Fact]
    public void Project_WithSeveralFrameworks_IsTestedOnEach()
    {
        _solution.Holds("Directory.Build.props", "<Project />").Run();
        _solution.Holds("src/All.Tests/All.Tests.csproj", "<Project><PropertyGroup><TargetFrameworks>net9.0;$(Newest)</TargetFrameworks><Newest>net10.0</Newest></PropertyGroup></Project>");
        _solution.Run().Executed("build/restore[project=All.Tests]", "build[project=All.Tests]", "test[project=All.Tests.net9.0]", "test[project=All.Tests.net10.0]");
        Assert.NotNull(_solution.Text("artifacts/tests/All.Tests.net9.0.trx"));
        Assert.NotNull(_solution.Text("artifacts/tests/All.Tests.net10.0.trx"));
        _solution.Run().ExecutesNothing();
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/App/bin/Debug/net10.0/App.dll")]
    [InlineData("src/App/obj/project.assets.json")]
    public void File_ThatBelongsToNoProject_ReachesNothing(string path) => _solution.Holds(path, "new").Run().ExecutesNothing();
}
