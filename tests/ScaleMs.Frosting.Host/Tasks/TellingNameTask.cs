using System.Reflection;
using Cake.Frosting;

namespace ScaleMs.Frosting.Host.Tasks;

/// <summary>Tells its name.</summary>
internal abstract class TellingNameTask : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => context.Tell($"run {GetType().GetCustomAttribute<TaskNameAttribute>()!.Name}");
}
