using Cake.Core;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Throws.</summary>
[TaskName("Fails")]
public sealed class FailsTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => throw new InvalidOperationException("no good");

    public override void Finally(HostContext context) => context.Tell("finally Fails");
}

/// <summary>Throws after it waited.</summary>
[TaskName("FailsLater")]
public sealed class FailsLaterTask : AsyncFrostingTask<HostContext>
{
    public override async Task RunAsync(HostContext context)
    {
        await Task.Yield();
        throw new InvalidOperationException("no good later");
    }

    public override void OnError(Exception exception, HostContext context) => context.Tell($"error FailsLater {exception.Message}");
}

/// <summary>Throws with an exit code.</summary>
[TaskName("FailsWithCode")]
public sealed class FailsWithCodeTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => throw new CakeException(42, "forty-two");
}

/// <summary>Is never reached.</summary>
[TaskName("AfterFails"), IsDependentOn(typeof(FailsTask))]
public sealed class AfterFailsTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run AfterFails");
}

/// <summary>Takes its own error.</summary>
[TaskName("Handles")]
public sealed class HandlesTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => throw new InvalidOperationException("handled");

    public override void OnError(Exception exception, HostContext context) => context.Tell($"error Handles {exception.Message}");

    public override void Finally(HostContext context) => context.Tell("finally Handles");
}

/// <summary>Throws another exception while it handles one.</summary>
[TaskName("HandlesBadly")]
public sealed class HandlesBadlyTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => throw new InvalidOperationException("first");

    public override void OnError(Exception exception, HostContext context) => throw new InvalidOperationException("second");
}

/// <summary>May fail.</summary>
[TaskName("MayFail"), ContinueOnError]
public sealed class MayFailTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => throw new InvalidOperationException("never mind");
}

/// <summary>Runs although what it depends on failed.</summary>
[TaskName("AfterMayFail"), IsDependentOn(typeof(MayFailTask))]
public sealed class AfterMayFailTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run AfterMayFail");
}
