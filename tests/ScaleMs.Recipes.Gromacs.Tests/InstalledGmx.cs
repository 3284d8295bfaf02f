using System.Diagnostics;

namespace ScaleMs.Recipes.Gromacs.Tests;

/// <summary>The installed program; tests that need it are skipped where it is missing.</summary>
internal static class InstalledGmx
{
    private static readonly string[] Common = ["-quiet", "-nobackup"];

    public static void IsNeeded() => Assert.SkipUnless(Find() is not null, "GROMACS is not installed: no 'gmx' on the PATH");

    /// <summary>Runs a module and fails the test when it fails.</summary>
    /// <returns>What it printed on standard error.</returns>
    public static string Run(TestSpace space, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find()!, [.. Common, .. arguments])
        {
            WorkingDirectory = space.Directory,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"gmx {string.Join(' ', arguments)} ended with {process.ExitCode}\n{error}{output.Result}");
        return error;
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "gmx"))
        .FirstOrDefault(File.Exists);
}
