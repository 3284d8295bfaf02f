using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>A script under <c>dotnet cake</c>, with and without the module: what it prints and how it ends.</summary>
public sealed class ScriptTests(ScriptFolders folders) : IClassFixture<ScriptFolders>
{
    [Theory]
    [InlineData(0, "--target=all", "--configuration=Release")]
    [InlineData(0, "--target=more", "--target=all", "--verbosity=verbose")]
    [InlineData(1, "--target=fails")]
    [InlineData(1, "--target=before-failure")]
    [InlineData(7, "--target=before-exit")]
    [InlineData(0, "--target=caught")]
    public async Task Script_WithTheModule_DoesWhatItDoesWithout(int exitCode, params string[] arguments)
    {
        var (cake, ours) = await folders.RunAsync(arguments);
        Assert.Equal(exitCode, cake.ExitCode);
        Assert.Equal(Comparable(cake), Comparable(ours));
    }

    /// <summary>A difference on purpose, see docs/cake.md.</summary>
    [Fact]
    public async Task Script_UnknownTarget_EndsWithACodeOfItsOwn()
    {
        var (cake, ours) = await folders.RunAsync("--target=al");
        Assert.Equal((1, 2), (cake.ExitCode, ours.ExitCode));
        Assert.Contains("The target 'al' was not found.", cake.Errors, StringComparison.Ordinal);
        Assert.Contains("use 'all'", ours.Errors, StringComparison.Ordinal);
    }

    /// <summary>The heading, the log, the console and a program that Cake starts.</summary>
    [Fact]
    public async Task Script_InParallel_OutputOfATaskIsOneBlock()
    {
        var (cake, ours) = await folders.RunAsync("--target=chat", "--parallel", "--jobs=2");
        Assert.Equal((0, 0), (cake.ExitCode, ours.ExitCode));
        Assert.Equal(Block(cake, "one"), Block(ours, "one"));
        Assert.Equal(Block(cake, "two"), Block(ours, "two"));
        Assert.Equal(string.Empty, ours.Left);
    }

    private static List<string> Block(ScriptRun run, string name)
    {
        var lines = run.Output.Split('\n').ToList();
        var last = lines.FindIndex(line => line.Contains($"end of {name}", StringComparison.Ordinal));
        return lines[(last - 6)..last];
    }

    /// <summary>What Cake says of assemblies that it loads and of where the folders are is not the engine's.</summary>
    private static (int ExitCode, string Output, string Errors, string Left) Comparable(ScriptRun run) =>
        (run.ExitCode, string.Join('\n', run.Output.Split('\n').Where(line => !line.Contains('/', StringComparison.Ordinal) && !line.Contains(".dll", StringComparison.Ordinal))), run.Errors, run.Left);
}
