namespace ScaleMs.Benchmarks;

/// <summary>Where the built hosts are.</summary>
/// <param name="Host">The host that runs graphs.</param>
/// <param name="Hello">The host that does nothing.</param>
/// <param name="Lookup">The program that asks about one step.</param>
internal sealed record Hosts(string Host, string Hello, string Lookup)
{
    /// <summary>As Publish.proj lays them out, beside this program's folder.</summary>
    public static Hosts Published { get; } = new(
        Beside("host/ScaleMs.Benchmarks.Host.dll"), Beside("hello/ScaleMs.Benchmarks.Hello.dll"), Beside("lookup/ScaleMs.Benchmarks.Lookup.dll"));

    private static string Beside(string path) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", path));
}
