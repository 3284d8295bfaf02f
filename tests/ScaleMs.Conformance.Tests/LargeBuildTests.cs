using Cake.Core;
using Cake.Core.Diagnostics;
using Xunit;

namespace ScaleMs.Conformance.Tests;

/// <summary>
/// Work that grows with the tasks and their dependencies, not with their square: at these sizes a square would take many minutes. How long it takes is measured by
/// tests/ScaleMs.Benchmarks/CakeGraph.
/// </summary>
public sealed class LargeBuildTests
{
    private const int Tasks = 200_000;
    private const int SmallStackBytes = 256 * 1024;

    public static TheoryData<string> Shapes => [.. LargeBuild.Shapes];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Build_OfManyTasks_RunsEachOnceOnASmallStack(string shape) => Assert.Equal(Tasks + 1, OnASmallStack(shape, "all"));

    [Fact]
    public void Build_OfManyTasksForSeveralTargets_RunsEachOnceOnASmallStack() => Assert.Equal(Tasks, OnASmallStack("chain", $"task-{Tasks - 1}", "task-7"));

    [Fact]
    public void Circle_OfManyTasks_IsToldOnASmallStack()
    {
        var thrown = Assert.Throws<CakeException>(() => OnASmallStack("circle", "all"));
        Assert.Contains("… 199981 more …", thrown.InnerException!.Message, StringComparison.Ordinal);
    }

    private static int OnASmallStack(string shape, params string[] targets)
    {
        var (ran, thrown) = (0, default(Exception));
        var thread = new Thread(() => thrown = Record.Exception(() => ran = Run(shape, targets)), SmallStackBytes);
        thread.Start();
        thread.Join();
        return thrown is null ? ran : throw thrown;
    }

    private static int Run(string shape, string[] targets)
    {
        var (engine, strategy) = (new ScaleMsEngine(new CakeDataService(), new NullLog()), new NoStrategy());
        LargeBuild.Register(engine, shape == "circle" ? "chain" : shape, Tasks);
        if (shape == "circle")
        {
            ((CakeTask)engine.Tasks[1]).Dependencies.Add(new CakeTaskDependency($"task-{Tasks - 1}", true));
        }

        var context = new TestContext(new NullLog(), new CakeDataService(), "/", new CakeArguments(Array.Empty<string>().ToLookup(name => name)));
        engine.RunTargetAsync(context, strategy, new ExecutionSettings().SetTargets(targets)).GetAwaiter().GetResult();
        return strategy.Tasks;
    }
}
