using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Never has anything to do, and says why.</summary>
[TaskName("Skipped")]
public sealed class SkippedTask : FrostingTask<HostContext>, IFrostingTask
{
    string IFrostingTask.SkippedMessage => "nothing new";

    public override bool ShouldRun(HostContext context)
    {
        context.Tell("asked Skipped");
        return false;
    }

    public override void Run(HostContext context) => context.Tell("run Skipped");
}

/// <summary>Runs although what it depends on was skipped.</summary>
[TaskName("AfterSkipped"), IsDependentOn(typeof(SkippedTask))]
public sealed class AfterSkippedTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run AfterSkipped");
}
