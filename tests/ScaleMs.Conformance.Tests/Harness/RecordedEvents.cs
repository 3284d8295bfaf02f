using Cake.Core;

namespace ScaleMs.Conformance.Tests;

/// <summary>Listens to every event of an engine.</summary>
internal static class RecordedEvents
{
    public static void Listen(ICakeEngine engine, ICakeContext context, Recording recording)
    {
        void Add(string name, object? sender, string told) => recording.Add($"event {name} {(sender == engine ? "engine" : "another sender")} {told}");
        engine.BeforeSetup += (sender, args) => Add(nameof(engine.BeforeSetup), sender, Told(args.Context, context));
        engine.AfterSetup += (sender, args) => Add(nameof(engine.AfterSetup), sender, Told(args.Context, context));
        engine.BeforeTaskSetup += (sender, args) => Add(nameof(engine.BeforeTaskSetup), sender, args.TaskSetupContext.Task.Name);
        engine.AfterTaskSetup += (sender, args) => Add(nameof(engine.AfterTaskSetup), sender, args.TaskSetupContext.Task.Name);
        engine.BeforeTaskTeardown += (sender, args) => Add(nameof(engine.BeforeTaskTeardown), sender, Told(args.TaskTeardownContext));
        engine.AfterTaskTeardown += (sender, args) => Add(nameof(engine.AfterTaskTeardown), sender, Told(args.TaskTeardownContext));
        engine.BeforeTeardown += (sender, args) => Add(nameof(engine.BeforeTeardown), sender, Told(args.TeardownContext));
        engine.AfterTeardown += (sender, args) => Add(nameof(engine.AfterTeardown), sender, Told(args.TeardownContext));
    }

    public static string Told(ITaskTeardownContext context) =>
        $"{context.Task.Name} {(context.Duration > TimeSpan.Zero ? "took time" : "took none")} skipped {context.Skipped} successful {context.Successful} {Recording.Told(context.ThrownException)}";

    private static string Told(ITeardownContext context) => $"successful {context.Successful} {Recording.Told(context.ThrownException)}";

    private static string Told(ICakeContext told, ICakeContext context) => $"{told.GetType().Name} {(told == context ? "the run's own" : "another")}";
}
