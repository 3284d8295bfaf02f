namespace ScaleMs.Packages.Tests;

/// <summary>The same packages under <c>dotnet cake</c>, with tool folders of their own.</summary>
[Collection("outside")]
public sealed class ScriptTests(PackedRepository repository, OutsideProjects projects) : IAsyncLifetime
{
    private const string Study = OutsideProjects.Study;

    private Outside _outside = null!;

    private string Module => repository["Cake.ScaleMs.Module"].Version;

    private string Addins => $"""
        #addin nuget:?package=ScaleMs.Recipes.Gromacs&version={repository["ScaleMs.Recipes.Gromacs"].Version}
        #addin nuget:?package={OutsideProjects.Recipe}&version=0.1.0
        #addin nuget:?package=Acme.Study&version=1.0.0
        """;

    public async ValueTask InitializeAsync()
    {
        _outside = await projects.Of(repository);
        if (!File.Exists(_outside.PathOf("own/Acme.Study.1.0.0.nupkg")))
        {
            await _outside.Dotnet(Study, "pack", $"src/{Study}", "-c", "Release", "-p:PackageId=Acme.Study", "-o", _outside.PathOf("own"), "-v", "quiet");
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Script_ThatLoadsTheModulesPackage_RunsAndThenExecutesNothing()
    {
        Script("loading", $"#load nuget:?package=Cake.ScaleMs.Module&version={Module}\n{Addins}");
        (await _outside.Cake("loading", "--summary=first.json")).Succeeded();
        Assert.Equal((3, 0, 0), _outside.Counts("loading/first.json"));
        Assert.True(File.Exists(_outside.PathOf("loading/results/report.txt")));
        (await _outside.Cake("loading", "--summary=second.json")).Succeeded();
        Assert.Equal((0, 0, 3), _outside.Counts("loading/second.json"));
    }

    [Fact]
    public async Task Script_WithTheModuleAndTheEngineAsAnAddin_SharesOneCopy()
    {
        Script(
            "addins",
            $"""
            #module nuget:{_outside.Source("ours")}?package=Cake.ScaleMs.Module&version={Module}
            #addin nuget:{_outside.Source("cake")}?package=Cake.Frosting&version=7.0.0
            #addin nuget:{_outside.Source("ours")}?package=ScaleMs.Cake&version={repository["ScaleMs.Cake"].Version}
            {Addins}
            """,
            """Information("copies: {0}", AppDomain.CurrentDomain.GetAssemblies().Count(one => one.GetName().Name == "ScaleMs.Cake"));""");
        var run = (await _outside.Cake("addins", "--summary=summary.json")).Succeeded();
        Assert.Contains("copies: 1", run.Output, StringComparison.Ordinal);
        Assert.Equal((3, 0, 0), _outside.Counts("addins/summary.json"));
    }

    [Fact]
    public async Task Script_WithoutTheModule_IsToldThatItIsMissing()
    {
        Script("stock", $"#addin nuget:?package=Cake.Frosting&version=7.0.0\n#addin nuget:?package=ScaleMs.Cake&version={Module}\n{Addins}");
        var run = await _outside.Cake("stock");
        Assert.Equal(1, run.ExitCode);
        Assert.Matches("need the ScaleMs engine, but Cake's own engine is running.*module", run.All);
    }

    [Fact]
    public async Task Script_WithTwoVersionsOfTheModuleInstalled_IsToldBothAndWhere()
    {
        const string modules = "two-modules/tools/Modules";
        foreach (var version in new[] { Module, "0.0.9" })
        {
            System.IO.Compression.ZipFile.ExtractToDirectory(repository["Cake.ScaleMs.Module"].File, _outside.PathOf($"{modules}/Cake.ScaleMs.Module.{version}"));
        }

        Script("two-modules", string.Empty);
        var run = await _outside.Cake("two-modules");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"(0.0.9, {Module}) in {_outside.PathOf(modules)}", run.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_ThatAsksForAPackageThatIsNowhere_IsToldItsName()
    {
        Script("lonely-script", $"#load nuget:?package=Cake.ScaleMs.Module&version={Module}\n#addin nuget:?package=ScaleMs.Recipes.Nothing&version=0.1.0");
        var run = await _outside.Cake("lonely-script");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ScaleMs.Recipes.Nothing", run.All, StringComparison.Ordinal);
    }

    private void Script(string folder, string directives, string line = "")
    {
        _outside.Copy($"{Study}/texts", $"{folder}/texts");
        _outside.Write($"{folder}/cake.config", $"[NuGet]\nSource={_outside.Sources}\n");
        _outside.Write($"{folder}/build.cake", $"""
            {directives}
            AddWorkflow<my_first.study.StudyContext>(Task);
            {line}
            RunTarget(Argument("target", "Default"));
            """);
    }
}
