using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Runs first.</summary>
[TaskName("Clean"), TaskDescription("Removes what was built")]
public sealed class CleanTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run Clean");
}

/// <summary>Overrides all there is.</summary>
[TaskName("Build"), IsDependentOn(typeof(CleanTask))]
public sealed class BuildTask : FrostingTask<HostContext>
{
    public override bool ShouldRun(HostContext context)
    {
        context.Tell("asked Build");
        return true;
    }

    public override void Run(HostContext context) => context.Tell("run Build");

    public override void OnError(Exception exception, HostContext context) => context.Tell("error Build");

    public override void Finally(HostContext context) => context.Tell("finally Build");
}

/// <summary>Depends on another.</summary>
[TaskName("Test"), IsDependentOn(typeof(BuildTask))]
public sealed class TestTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run Test");
}

/// <summary>Awaits.</summary>
[TaskName("Package"), IsDependentOn(typeof(TestTask))]
public sealed class PackageTask : AsyncFrostingTask<HostContext>
{
    public override async Task RunAsync(HostContext context)
    {
        await Task.Yield();
        context.Tell("run Package");
    }
}

/// <summary>Asks to come before another task, which does not know of it.</summary>
[TaskName("Sign"), IsDependeeOf(typeof(PackageTask)), IsDependentOn(typeof(BuildTask))]
public sealed class SignTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run Sign");
}

/// <summary>Has no work of its own.</summary>
[IsDependentOn(typeof(PackageTask))]
public sealed class Default : FrostingTask<HostContext>
{
}

/// <summary>Another target over the same first task.</summary>
[TaskName("Docs"), IsDependentOn(typeof(CleanTask)), TaskDescription("Writes the pages")]
public sealed class DocsTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell("run Docs");
}
