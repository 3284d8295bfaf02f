using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Lifetimes;

/// <summary>Before the first and after the last task.</summary>
internal sealed class BuildLifetime : FrostingLifetime
{
    public override void Setup(ICakeContext context, ISetupContext info) =>
        Told.Line($"setup {info.TargetTask.Name}: {string.Join(' ', info.TasksToExecute.Select(task => task.Name))}");

    public override void Teardown(ICakeContext context, ITeardownContext info) =>
        Told.Line($"teardown {(info.Successful ? "successful" : info.ThrownException?.Message)}");
}

/// <summary>Before and after each task.</summary>
internal sealed class EachTaskLifetime : FrostingTaskLifetime
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => Told.Line($"before {info.Task.Name}");

    public override void Teardown(ICakeContext context, ITaskTeardownContext info) =>
        Told.Line($"after {info.Task.Name}{(info.Skipped ? " skipped" : "")}{(info.ThrownException is { } thrown ? $" {thrown.Message}" : "")}");
}

/// <summary>Before the first task.</summary>
internal sealed class OnlySetup : FrostingSetup<HostContext>
{
    public override void Setup(HostContext context, ISetupContext info) => context.Tell("setup alone");
}

/// <summary>After the last task.</summary>
internal sealed class OnlyTeardown : FrostingTeardown<HostContext>
{
    public override void Teardown(HostContext context, ITeardownContext info) => context.Tell("teardown alone");
}

/// <summary>Before each task.</summary>
internal sealed class OnlyTaskSetup : FrostingTaskSetup<HostContext>
{
    public override void Setup(HostContext context, ITaskSetupContext info) => context.Tell($"before {info.Task.Name} alone");
}

/// <summary>After each task.</summary>
internal sealed class OnlyTaskTeardown : FrostingTaskTeardown<HostContext>
{
    public override void Teardown(HostContext context, ITaskTeardownContext info) => context.Tell($"after {info.Task.Name} alone");
}

/// <summary>Throws before the first task.</summary>
internal sealed class FailingSetup : FrostingSetup
{
    public override void Setup(ICakeContext context, ISetupContext info) => throw new InvalidOperationException("setup is broken");
}

/// <summary>Throws after the last task.</summary>
internal sealed class FailingTeardown : FrostingTeardown
{
    public override void Teardown(ICakeContext context, ITeardownContext info) => throw new InvalidOperationException("teardown is broken");
}
