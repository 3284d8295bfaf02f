namespace ScaleMs.Recipes.Lammps.Tests;

/// <summary>The installed program; tests that need it are skipped where it is missing.</summary>
internal static class InstalledLmp
{
    public static void IsNeeded() => Assert.SkipUnless(IsThere("lmp"), "LAMMPS is not installed: no 'lmp' on the PATH");

    public static void MpirunIsNeeded() => Assert.SkipUnless(IsThere("mpirun"), "there is no 'mpirun' on the PATH");

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Any(directory => File.Exists(Path.Combine(directory, program)));
}
