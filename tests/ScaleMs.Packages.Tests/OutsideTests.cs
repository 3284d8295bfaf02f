namespace ScaleMs.Packages.Tests;

/// <summary>What users of the packages do, in projects that know nothing of the repository.</summary>
[Collection("outside")]
public sealed class OutsideTests(PackedRepository repository, OutsideProjects projects) : IAsyncLifetime
{
    private const string Study = OutsideProjects.Study;

    private Outside _outside = null!;

    public async ValueTask InitializeAsync() => _outside = await projects.Of(repository);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Workflow_RunAgain_ExecutesNothingAlsoInTheNextJobOfACi()
    {
        Forget();
        Assert.Equal((3, 0, 0), await Build("Default"));
        Assert.Equal("13 carbon.txt\n2 iron.txt\n", File.ReadAllText(_outside.PathOf($"{Study}/results/report.txt")));
        Assert.Equal((0, 0, 3), await Build("Default"));

        foreach (var kept in new[] { "texts", ".scalems" })
        {
            _outside.Copy($"{Study}/{kept}", $"next job/{kept}");
        }

        var program = _outside.PathOf($"{Study}/src/{Study}/bin/Release/net10.0/{Study}.dll");
        await _outside.Dotnet("next job", program, "--target=Default", "--summary", "summary.json");
        Assert.Equal(0, _outside.Counts("next job/summary.json").Executed);
        Assert.True(File.Exists(_outside.PathOf("next job/results/report.txt")));
    }

    [Fact]
    public async Task Recipes_OfTwoPackagesComposed_RunOnceAndThenNotAgain()
    {
        Assert.SkipWhen((await _outside.Run(".", "sh", "-c", "command -v gmx")).ExitCode != 0, "there is no gmx here");
        Forget();
        var first = await Build("compose");
        Assert.Equal(10, first.Executed);
        Assert.Equal("13 carbon.txt\n", File.ReadAllText(_outside.PathOf($"{Study}/results/first.txt")));
        Assert.StartsWith("13 carbon.txt\n2 iron.txt\n;", File.ReadAllText(_outside.PathOf($"{Study}/results/joined.txt")), StringComparison.Ordinal);
        // The words of each text were counted once for both uses of the recipe.
        Assert.Equal((0, 0, 12), await Build("compose"));
    }

    [Theory]
    [InlineData(Study)]
    [InlineData(OutsideProjects.Recipe)]
    public async Task Tests_OfTheTemplates_Pass(string project) =>
        Assert.Matches("Failed: +0, Passed: +[1-9]", (await _outside.Dotnet(project, "test", $"tests/{project}.Tests")).Output);

    [Fact]
    public async Task Templates_WithOptions_WriteTheCiFilesAskedFor()
    {
        Assert.All([".github/workflows/study.yml", ".gitlab-ci.yml"], file =>
            Assert.Contains(".scalems", File.ReadAllText(_outside.PathOf($"{Study}/{file}")), StringComparison.Ordinal));
        await _outside.Dotnet(".", "new", "scalems-workflow", "-o", "2nd study", "-n", "2nd-study", "--ci", "gitlab");
        Assert.True(File.Exists(_outside.PathOf("2nd study/.gitlab-ci.yml")));
        Assert.False(Directory.Exists(_outside.PathOf("2nd study/.github")));
        Assert.Contains("namespace _2nd_study;", File.ReadAllText(_outside.PathOf("2nd study/src/2nd-study/StudyContext.cs")), StringComparison.Ordinal);
        Assert.Contains("src/2nd-study/2nd-study.csproj", File.ReadAllText(_outside.PathOf("2nd study/2nd-study.slnx")), StringComparison.Ordinal);
        var left = Directory.GetFiles(_outside.PathOf("2nd study"), "*", SearchOption.AllDirectories).Where(file => (file + File.ReadAllText(file)).Contains("Starter", StringComparison.Ordinal));
        Assert.Empty(left);
    }

    [Fact]
    public async Task Tool_FromItsPackage_ReadsTheFileStoreOfAWorkflow()
    {
        await Build("Default");
        await _outside.Dotnet(".", "tool", "install", "ScaleMs.Tool", "--tool-path", _outside.PathOf("tools"));
        (await _outside.Run(Study, _outside.PathOf("tools/scalems"), "verify")).Succeeded();
    }

    [Fact]
    public async Task Package_ThatIsNowhere_IsNamedByTheRestore()
    {
        _outside.Write("lonely/lonely.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="ScaleMs.Recipes.Nothing" Version="0.1.0" /></ItemGroup>
            </Project>
            """);
        var restore = await _outside.Run("lonely", "dotnet", "restore");
        Assert.NotEqual(0, restore.ExitCode);
        Assert.Contains("ScaleMs.Recipes.Nothing", restore.All, StringComparison.Ordinal);
    }

    /// <summary>A workspace in which nothing ran.</summary>
    private void Forget()
    {
        foreach (var made in new[] { ".scalems", "results" }.Select(name => _outside.PathOf($"{Study}/{name}")).Where(Directory.Exists))
        {
            Directory.Delete(made, recursive: true);
        }
    }

    private async Task<(int Executed, int Restored, int UpToDate)> Build(string target)
    {
        (await _outside.Run(Study, _outside.PathOf($"{Study}/build.sh"), $"--target={target}", "--summary", "summary.json")).Succeeded();
        return _outside.Counts($"{Study}/summary.json");
    }
}
