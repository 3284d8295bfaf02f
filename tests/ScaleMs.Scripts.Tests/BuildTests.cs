using System.Diagnostics;
using Xunit;

namespace ScaleMs.Scripts.Tests;

public sealed class BuildTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [Fact]
    public void Arguments_OfAnyForm_ReachTheHostUnchanged()
    {
        string[] arguments = ["--target=simulate", "--set", "title=two words", "", "--why", "x[replica=3]", "*", "--build-only"];
        var result = _checkout.Run(arguments);
        Assert.Equal((0, string.Concat(arguments.Select(argument => $"<{argument}>\n"))), (result.ExitCode, result.Output));
    }

    [Fact]
    public void Arguments_InstallTools_IsTheScriptsOwn() => Assert.Equal("<-t>\n<simulate>\n", _checkout.Run("--install-tools", "-t", "simulate").Output);

    [Fact]
    public void Host_Ends_ExitCodeIsItsOwn()
    {
        _checkout.Write("stub.exit", "75");
        Assert.Equal(75, _checkout.Run().ExitCode);
    }

    /// <summary>The folder that it runs from must stay when the script, which it no longer has for a parent, has ended.</summary>
    [Fact]
    public void Host_Detaches_ItsProcessIsNotedAsAUserOfTheFolder()
    {
        var result = _checkout.Run("--detach", "--target=all");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("goes on as process 4711;", result.Output, StringComparison.Ordinal);
        var users = Assert.Single(Directory.GetFiles(_checkout.PathOf("artifacts/users")));
        Assert.EndsWith(" 4711", File.ReadAllLines(users)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Host_DetachesAndFails_ExitCodeIsItsOwn()
    {
        _checkout.Write("stub.exit", "75");
        Assert.Equal(75, _checkout.Run("--detach").ExitCode);
    }

    [Theory]
    [InlineData("src/Engine/Engine.cs", "class Engine;")]
    [InlineData("src/Engine/obj/Made.cs", "made again")]
    [InlineData("src/Engine/README.md", "words")]
    [InlineData("workflows/study/inputs/prod.mdp", "nsteps = 200")]
    [InlineData("workflows/study/plots/energy.gp", "plot")]
    public void Sources_WrittenWithoutAChangeOfTheHost_NothingIsBuilt(string path, string text)
    {
        _checkout.Run();
        _checkout.Write(path, text);
        _checkout.Run();
        Assert.Equal(1, _checkout.Builds);
    }

    [Theory]
    [InlineData("src/Engine/Engine.cs")]
    [InlineData("src/Engine/New.cs")]
    [InlineData("recipes/Recipe/Recipe.csproj")]
    [InlineData("workflows/study/Study.cs")]
    [InlineData("Directory.Build.props")]
    [InlineData("global.json")]
    public void Sources_Changed_AreBuiltOnceAndTheOldFoldersGo(string path)
    {
        _checkout.Run();
        var before = _checkout.Hosts;
        _checkout.Write(path, "changed");
        _checkout.Run();
        _checkout.Run();
        Assert.Equal(2, _checkout.Builds);
        Assert.NotEqual(before, _checkout.Hosts);
        Assert.Single(_checkout.Hosts);
        Assert.Equal(_checkout.Hosts, _checkout.Names("artifacts/cake"));
    }

    [Fact]
    public void Sources_ChangedWhileAStudyRuns_ItsFolderStaysWithoutTheModule()
    {
        _checkout.Write("stub.run-long", "");
        using var study = _checkout.Start();
        Assert.Equal("running", study.StandardOutput.ReadLine());
        File.Delete(_checkout.PathOf("stub.run-long"));
        _checkout.Write("src/Engine/Engine.cs", "changed");
        _checkout.Run();
        var modules = _checkout.Names("artifacts/cake").SelectMany(digest => _checkout.Names($"artifacts/cake/{digest}"));
        Assert.Equal(2, _checkout.Hosts.Length);
        Assert.Equal(["Cake.ScaleMs.Module.dll", "scalems.cake", "workflows.cake"], modules);
        study.Kill(entireProcessTree: true);
        study.WaitForExit();
        _checkout.Write("src/Engine/Engine.cs", "changed again");
        _checkout.Run();
        Assert.Single(_checkout.Hosts);
    }

    [Fact]
    public void Sources_EditedDuringTheBuild_AreBuiltAgain()
    {
        _checkout.Write("stub.edit-during-build", "new");
        Assert.Equal(0, _checkout.Run().ExitCode);
        _checkout.Run();
        Assert.Equal((2, 1), (_checkout.Builds, _checkout.Hosts.Length));
    }

    [Fact]
    public void Build_Fails_NothingIsStarted()
    {
        _checkout.Write("stub.does-not-build", "");
        var result = _checkout.Run();
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Empty(_checkout.Hosts);
    }

    [Fact]
    public void Build_IsKilled_NextOneStartsFromNothing()
    {
        _checkout.Write("artifacts/build/obj/half-written.dll", "");
        _checkout.Write("stub.kill-build", "");
        _checkout.Run();
        Assert.Empty(_checkout.Hosts);
        Assert.Equal(0, _checkout.Run().ExitCode);
        Assert.Single(_checkout.Hosts);
        Assert.Empty(_checkout.Names("artifacts/build/obj"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_TwoAtOnce_OneBuildsAndBothRun(bool hasFlock)
    {
        if (!hasFlock) _checkout.Remove("flock");
        _checkout.Write("stub.slow-build", "");
        Process[] processes = [_checkout.Start(), _checkout.Start()];
        Assert.Equal([0, 0], processes.Select(Checkout.Finish).Select(result => result.ExitCode));
        Assert.Equal(1, _checkout.Builds);
    }

    [Fact]
    public void BuildOnly_ForCake_PrintsTheDigestAndStartsNothing()
    {
        var result = _checkout.Run("--build-only", "--target=test");
        Assert.Equal($"{_checkout.Hosts.Single()}\n", result.Output);
        Assert.DoesNotContain(_checkout.Calls, call => call.Contains("Study.dll", StringComparison.Ordinal) || call.StartsWith("test", StringComparison.Ordinal));
    }

    [Fact]
    public void Bench_AskedFor_PublishesItsHostsAndPassesTheArgumentsOn()
    {
        string[] arguments = ["--target=bench", "--set", "n=51"];
        _checkout.Remove("gmx");
        var result = _checkout.Run(arguments);
        Assert.Equal((0, string.Concat(arguments.Select(argument => $"<{argument}>\n"))), (result.ExitCode, result.Output));
        Assert.Contains(_checkout.Calls, call => call.Contains("tests/ScaleMs.Benchmarks/Publish.proj", StringComparison.Ordinal));
        Assert.Equal("artifacts/bench/program/ScaleMs.Benchmarks.dll --target=bench --set n=51", _checkout.Calls[^1]);
        Assert.Empty(_checkout.Hosts);
    }

    [Fact]
    public void Bench_DoesNotBuild_NothingIsMeasured()
    {
        _checkout.Write("stub.does-not-build", "");
        var result = _checkout.Run("--target=bench");
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.False(File.Exists(_checkout.PathOf("artifacts/build/unfinished")));
    }

    [Fact]
    public void Sdk_Missing_SaysWhichAndHow()
    {
        _checkout.Write("stub.no-sdk", "");
        var result = _checkout.Run();
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("SDK 10.0.100", result.Errors, StringComparison.Ordinal);
        Assert.Contains("brew install dotnet-sdk", result.Errors, StringComparison.Ordinal);
        Assert.Equal(0, _checkout.Builds);
    }

    [Fact]
    public void OptionalPackages_AskedOnce_AgainWhenAVersionChanges()
    {
        _checkout.Write("stub.has-LiteDB", "");
        _checkout.Run();
        _checkout.Write("src/Engine/Engine.cs", "changed");
        _checkout.Run();
        Assert.Equal(3, Restores());
        var properties = File.ReadAllText(_checkout.PathOf("artifacts/Optional.props"));
        Assert.Contains(">false</UseCakeFrosting>", properties, StringComparison.Ordinal);
        Assert.Contains(">true</UseLiteDb>", properties, StringComparison.Ordinal);

        var packages = File.ReadAllText(_checkout.PathOf("Directory.Packages.props"));
        _checkout.Write("Directory.Packages.props", packages.Replace("\"LiteDB\" Version=\"", "\"LiteDB\" Version=\"9.", StringComparison.Ordinal));
        _checkout.Run();
        Assert.Equal(6, Restores());
        _checkout.Write("stub.sdk", "10.0.200");
        _checkout.Write("src/Engine/Engine.cs", "changed again");
        _checkout.Run();
        Assert.Equal(9, Restores());
    }

    private int Restores() => _checkout.Calls.Count(call => call.StartsWith("restore", StringComparison.Ordinal));
}
