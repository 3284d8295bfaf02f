using System.Diagnostics;
using System.Globalization;
using Cake.Core;
using Cake.Core.Diagnostics;
using ScaleMs.Benchmarks.Measuring;
using ScaleMs.Conformance.Tests;

namespace ScaleMs.Benchmarks.CakeGraph;

/// <summary>Times a run whose tasks do nothing, so that the engine's own work is left. The engines take turns in each round; read the ratio.</summary>
internal static class Program
{
    private const int Rounds = 5;

    public static async Task<int> Main(string[] arguments)
    {
        var tasks = arguments.Length > 0 ? int.Parse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture) : 10_000;
        Console.WriteLine("| tasks | shape | Cake, ms | ScaleMs, ms | ratio |\n|--:|---|--:|--:|--:|");
        foreach (var shape in LargeBuild.Shapes)
        {
            var (cake, ours) = (new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                cake.Add(await MillisecondsAsync(new CakeEngine(new CakeDataService(), new NullLog()), shape, tasks));
                ours.Add(await MillisecondsAsync(new ScaleMsEngine(new CakeDataService(), new NullLog()), shape, tasks));
            }

            // The first round compiles.
            var (cakes, oursMedian) = (Median.Of(cake.Skip(1)), Median.Of(ours.Skip(1)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {tasks} | {shape} | {cakes:F1} | {oursMedian:F1} | {oursMedian / cakes:F4} |"));
        }

        return 0;
    }

    private static async Task<double> MillisecondsAsync(ICakeEngine engine, string shape, int tasks)
    {
        LargeBuild.Register(engine, shape, tasks);
        var strategy = new NoStrategy();
        var context = new TestContext(new NullLog(), new CakeDataService(), "/", new CakeArguments(Array.Empty<string>().ToLookup(name => name)));
        var began = Stopwatch.GetTimestamp();
        await engine.RunTargetAsync(context, strategy, new ExecutionSettings().SetTarget("all"));
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return strategy.Tasks == tasks + 1 ? took : throw new InvalidOperationException($"{strategy.Tasks} of {tasks + 1} tasks ran.");
    }
}
