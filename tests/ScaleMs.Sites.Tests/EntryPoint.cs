

namespace ScaleMs.Sites.Tests;

/// <summary>The test runner, or, with <c>--client</c>, a client at a login node, to be killed.</summary>
internal static class EntryPoint
{
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ScaleMs.Sites.Tests");

    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["--client", var root, var login, var configuration, var script] => await LoginSpace.At(root, login, configuration).RunAsync(script),
        _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments),
    };
}
