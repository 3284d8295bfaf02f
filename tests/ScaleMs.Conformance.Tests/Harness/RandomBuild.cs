using Cake.Core;
using Cake.Core.Diagnostics;

namespace ScaleMs.Conformance.Tests;

/// <summary>A build made from a seed: the same for both engines, without circles and unknown names.</summary>
internal sealed class RandomBuild(int seed)
{
    private const int MostTasks = 12;

    /// <summary>How it is run.</summary>
    public Asked Asked
    {
        get
        {
            var random = new Random(seed);
            var targets = Enumerable.Range(0, OneIn(random, 3) ? 1 + random.Next(3) : 1).Select(_ => Cased(random, Name(random.Next(MostTasks)))).ToArray();
            return new Asked(targets)
            {
                Exclusive = OneIn(random, 6), DryRun = OneIn(random, 8), EachForItself = OneIn(random, 2), Verbosity = (Verbosity)random.Next(5),
            };
        }
    }

    public void Define(Build build)
    {
        var random = new Random(~seed);
        Sometimes(random, 3, () => build.Host.Setup(_ => Act(build, "setup", OneIn(random, 8))));
        Sometimes(random, 3, () => build.Host.Teardown(_ => Act(build, "teardown", OneIn(random, 5))));
        Sometimes(random, 4, () => build.Host.Teardown(_ => Act(build, "second teardown", OneIn(random, 5))));
        Sometimes(random, 3, () => build.Host.TaskSetup(context => Act(build, $"before {context.Task.Name}", OneIn(random, 20))));
        Sometimes(random, 3, () => build.Host.TaskTeardown(context => Act(build, $"after {context.Task.Name}", OneIn(random, 20))));
        // Registered in any order, but connected by number only downwards: no circles.
        var numbers = Enumerable.Range(0, MostTasks).ToArray();
        random.Shuffle(numbers);
        foreach (var number in numbers)
        {
            Define(build, random, number);
        }
    }

    private static void Define(Build build, Random random, int number)
    {
        var task = build.Host.Task(Name(number));
        for (var actions = random.Next(3); actions > 0; actions--)
        {
            var (name, fails) = ($"{Name(number)} action {actions}", OneIn(random, 12));
            task.Does(() => Act(build, name, fails));
        }

        Sometimes(random, 6, () => task.DeferOnError());
        Sometimes(random, 5, () => task.WithCriteria(() => false, OneIn(random, 2) ? "random" : null!));
        Sometimes(random, 6, () => Handle(task, build, $"{Name(number)} handler", OneIn(random, 4)));
        Sometimes(random, 6, () => Finish(task, build, $"{Name(number)} finally", OneIn(random, 6)));
        Sometimes(random, 6, () => Report(task, build, $"{Name(number)} reporter", OneIn(random, 3)));
        for (var before = 0; before < number; before++)
        {
            var name = Cased(random, Name(before));
            Sometimes(random, 4, () => task.IsDependentOn(name));
        }

        for (var after = number + 1; after < MostTasks; after++)
        {
            var name = Cased(random, Name(after));
            Sometimes(random, 8, () => task.IsDependeeOf(name));
        }
    }

    private static void Handle(CakeTaskBuilder task, Build build, string name, bool fails) => task.OnError(() => Act(build, name, fails));

    private static void Finish(CakeTaskBuilder task, Build build, string name, bool fails) => task.Finally(() => Act(build, name, fails));

    private static void Report(CakeTaskBuilder task, Build build, string name, bool fails) => task.ReportError(_ => Act(build, name, fails));

    private static void Act(Build build, string name, bool fails)
    {
        build.Say(name);
        if (fails)
        {
            Build.Throw(name);
        }
    }

    private static string Name(int number) => $"task{number * 7 % MostTasks}-{number}";

    private static string Cased(Random random, string name) => OneIn(random, 3) ? name.ToUpperInvariant() : name;

    private static void Sometimes(Random random, int n, Action action)
    {
        if (OneIn(random, n))
        {
            action();
        }
    }

    private static bool OneIn(Random random, int n) => random.Next(n) == 0;
}
