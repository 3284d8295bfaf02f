namespace ScaleMs.Ssh.Tests;

/// <summary>The test runner, or a client of the launcher that a test starts as a process.</summary>
internal static class EntryPoint
{
    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "ScaleMs.Ssh.Tests");

    private static async Task<int> Main(string[] arguments) => arguments is ["--bench", var n, var shared, var slots] ? await Bench.RunAsync(int.Parse(n), shared == "shared", int.Parse(slots)) : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);
}
