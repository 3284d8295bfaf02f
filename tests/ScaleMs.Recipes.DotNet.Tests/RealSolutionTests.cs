using System.Diagnostics;
using System.IO.Compression;

namespace ScaleMs.Recipes.DotNet.Tests;

/// <summary>A real solution, built by the real SDK through a host, as users do.</summary>
public sealed class RealSolutionTests : IDisposable
{
    private readonly string _workspace = Directory.CreateTempSubdirectory("scalems-dotnet-").FullName;

    public void Dispose() => Directory.Delete(_workspace, recursive: true);

    [Fact]
    public void Solution_BuiltTestedAndPacked_RunsOnlyWhatAChangeReaches()
    {
        foreach (var (path, text) in SampleSolution.Files)
        {
            Write(path, text);
        }

        Runs("test", "7 executed");
        Assert.Contains("""outcome="Passed" """.TrimEnd(), Read("artifacts/tests/All.Tests.trx"), StringComparison.Ordinal);
        Runs("test", "everything up to date");

        Write("src/All.Tests/GreeterTests.cs", SampleSolution.Files["src/All.Tests/GreeterTests.cs"] + "\n// seen again");
        Runs("test", "2 executed, 5 up to date");

        Write("src/Common/Words.cs", SampleSolution.Files["src/Common/Words.cs"].Replace("\"hello\"", "\"hullo\"", StringComparison.Ordinal));
        var (code, output) = Run("test");
        Assert.True(code == 1, output);
        Assert.Contains("Failed GreeterTests.Greets", output, StringComparison.Ordinal);
        Assert.Contains("at GreeterTests.Greets() in /_/src/All.Tests/GreeterTests.cs:line 1", output, StringComparison.Ordinal);

        Write("src/Common/Words.cs", SampleSolution.Files["src/Common/Words.cs"]);
        Runs("pack", "2 executed");
        using var package = ZipFile.OpenRead(Path.Combine(_workspace, "artifacts/packages/Lib/Lib.1.0.0.nupkg"));
        Assert.NotNull(package.GetEntry("lib/net10.0/Lib.dll"));
    }

    private void Runs(string target, string summary)
    {
        var (code, output) = Run(target);
        Assert.True(code == 0, output);
        Assert.Contains(summary, output, StringComparison.Ordinal);
    }

    private (int Code, string Output) Run(string target)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ScaleMs.Recipes.DotNet.Sample.dll"), $"--target={target}"])
        {
            WorkingDirectory = _workspace,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_workspace, path));

    private void Write(string path, string text)
    {
        var place = Path.Combine(_workspace, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, text);
    }
}
