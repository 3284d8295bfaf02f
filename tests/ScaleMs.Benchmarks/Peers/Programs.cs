namespace ScaleMs.Benchmarks.Peers;

/// <summary>Finds programs on the PATH.</summary>
internal static class Programs
{
    /// <summary>The program's absolute path; null when it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
