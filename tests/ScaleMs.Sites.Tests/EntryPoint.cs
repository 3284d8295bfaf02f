

namespace ScaleMs.Sites.Tests;

/// <summary>The test runner.</summary>
internal static class EntryPoint
{
    private static async Task<int> Main(string[] arguments) => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);
}
