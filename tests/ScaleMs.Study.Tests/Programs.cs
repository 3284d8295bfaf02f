using System.Diagnostics;

namespace ScaleMs.Study.Tests;

/// <summary>The programs that the study calls; tests that need one are skipped where it is missing.</summary>
internal static class Programs
{
    /// <summary>The absolute path of <c>gmx</c> as the study finds it; null where there is none.</summary>
    public static string? Gmx { get; } = Environment.GetEnvironmentVariable("GMX_BIN") is { Length: > 0 } given
        ? Find(given)
        : Find("gmx") ?? Find("gmx_mpi");

    public static string NeededGmx
    {
        get
        {
            Assert.SkipUnless(Gmx is not null, "GROMACS is not installed: neither GMX_BIN nor 'gmx' nor 'gmx_mpi' on the PATH");
            return Gmx!;
        }
    }

    public static void AreNeeded()
    {
        _ = NeededGmx;
        Assert.SkipUnless(Find("gnuplot") is not null, "gnuplot is not installed: no 'gnuplot' on the PATH");
    }

    public static string Needed(string name)
    {
        var path = Find(name);
        Assert.SkipUnless(path is not null, $"there is no '{name}' on the PATH");
        return path!;
    }

    /// <summary>Runs a program to its end, within ten minutes: it takes seconds, so only one that hangs misses that.</summary>
    public static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Needed(program), arguments) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} did not end within ten minutes");
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
    }

    private static string? Find(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program) ? program : null
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
