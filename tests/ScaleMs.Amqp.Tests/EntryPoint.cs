using System.Runtime.Versioning;
using ScaleMs.Amqp.Tests.Support;

[assembly: UnsupportedOSPlatform("windows")]
[assembly: AssemblyFixture(typeof(RabbitNode))]

namespace ScaleMs.Amqp.Tests;

/// <summary>The test runner, or, with <c>--worker</c> or <c>--client</c>, a worker or a client that a test starts as a process, to be killed.</summary>
internal static class EntryPoint
{
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ScaleMs.Amqp.Tests");

    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["--worker", var farm, var root, var port, var name, var lease] => await FarmSpace.At(farm, root, int.Parse(port, null)).ServeAsync(name, TimeSpan.Parse(lease, null)),
        ["--client", var farm, var root, var port, var script] => await FarmSpace.At(farm, root, int.Parse(port, null)).SubmitAsync(script),
        ["--large", var farm, var root, var port, var mebibytes] => await FarmSpace.At(farm, root, int.Parse(port, null)).LargeAsync(int.Parse(mebibytes, null)),
        ["--bench", var count] => await Bench.RunAsync(int.Parse(count, null)),
        ["--bench-worker", var farm, var root, var port] => await FunctionBench.ServeAsync(FarmSpace.At(farm, root, int.Parse(port, null))),
        ["--bench-functions", var count] => await FunctionBench.RunAsync(int.Parse(count, null)),
        _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments),
    };
}
