using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Is no part of the host unless it is registered as a service.</summary>
[TaskName("Hidden")]
internal sealed class HiddenTask(TellTask? other = null) : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell($"run Hidden {other?.GetType().Name}".TrimEnd());
}

/// <summary>Depends on what is no task.</summary>
[TaskName("InvalidDependency"), IsDependentOn(typeof(DateTime))]
internal sealed class InvalidDependencyTask : FrostingTask<HostContext>
{
}

/// <summary>Has the name of another task, in other letters.</summary>
[TaskName("CLEAN")]
internal sealed class SecondCleanTask : FrostingTask<HostContext>
{
}

/// <summary>Wants another context.</summary>
[TaskName("Stranger")]
internal sealed class StrangerTask : FrostingTask<Steps.StepContext>
{
}

/// <summary>Derives from none of Frosting's classes.</summary>
[TaskName("Bare")]
internal sealed class BareTask : IFrostingTask
{
    public Task RunAsync(ICakeContext context) => Task.CompletedTask;

    public bool ShouldRun(ICakeContext context) => true;

    public void OnError(Exception exception, ICakeContext context) => Told.Line("error Bare");

    public void Finally(ICakeContext context) => Told.Line("finally Bare");
}

/// <summary>Takes a task that takes this one.</summary>
[TaskName("One")]
internal sealed class OneTask(OtherTask other) : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell($"run One {other}");
}

/// <summary>Takes a task that takes this one.</summary>
[TaskName("Two")]
internal sealed class OtherTask(OneTask one) : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell($"run Two {one}");
}

/// <summary>Cannot be made.</summary>
internal sealed class UnmadeTask : FrostingTask<HostContext>
{
    public UnmadeTask() => throw new InvalidOperationException("cannot be made");
}
