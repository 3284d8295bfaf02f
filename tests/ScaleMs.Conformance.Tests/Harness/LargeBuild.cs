using Cake.Core;

namespace ScaleMs.Conformance.Tests;

/// <summary>Builds of many tasks without code; their target is <c>all</c>.</summary>
internal static class LargeBuild
{
    /// <summary>Names of the shapes.</summary>
    public static IEnumerable<string> Shapes => ["chain", "wide", "dependees"];

    /// <summary>Registers the tasks of a shape.</summary>
    /// <param name="engine">Where.</param>
    /// <param name="shape">One after another; one that depends on all others; all others that say so of themselves.</param>
    /// <param name="count">How many tasks besides the target.</param>
    public static void Register(ICakeEngine engine, string shape, int count)
    {
        var all = engine.RegisterTask("all");
        for (var i = 0; i < count; i++)
        {
            var task = engine.RegisterTask(Name(i));
            switch (shape)
            {
                case "chain" when i > 0:
                    task.IsDependentOn(Name(i - 1));
                    break;
                case "wide":
                    // Cake's own IsDependentOn looks through all earlier ones.
                    ((CakeTask)all.Task).Dependencies.Add(new CakeTaskDependency(Name(i), true));
                    break;
                case "dependees":
                    task.IsDependeeOf("all");
                    break;
            }
        }

        if (shape == "chain")
        {
            all.IsDependentOn(Name(count - 1));
        }
    }

    private static string Name(int number) => $"task-{number}";
}
