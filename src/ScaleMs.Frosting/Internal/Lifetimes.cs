using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>What the build does around its run and around each task, as far as it says.</summary>
internal sealed class Lifetimes(
    IFrostingSetup? setup = null, IFrostingTeardown? teardown = null,
    IFrostingTaskSetup? taskSetup = null, IFrostingTaskTeardown? taskTeardown = null)
{
    public void Register(ICakeEngine engine, IFrostingContext context, ICakeLog log)
    {
        if (setup is not null) engine.RegisterSetupAction(info => setup.Setup(context, info));
        if (teardown is not null) engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        if (taskSetup is not null) engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        if (taskTeardown is not null) engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));

        Tell(log, "setup", setup);
        Tell(log, "teardown", teardown);
        Tell(log, "task setup", taskSetup);
        Tell(log, "task teardown", taskTeardown);
    }

    private static void Tell(ICakeLog log, string what, object? lifetime)
    {
        if (lifetime is not null) log.Debug("Registering {0}: {1}", what, lifetime.GetType().Name);
    }
}
