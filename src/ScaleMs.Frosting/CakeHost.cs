using System.Reflection;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Collects the tasks and services of a build and runs it.</summary>
/// <remarks>
/// This assembly is a stand-in, used only when the genuine Cake.Frosting cannot be restored (property <c>UseCakeFrosting</c>);
/// it is never packed or released. It owns no rule of execution: those are the <c>ICakeEngine</c>'s.
/// </remarks>
public sealed class CakeHost
{
    private readonly IServiceCollection services = new ServiceCollection().AddHostServices();

    // A native process that hosts the runtime, as some test runners do, has no entry assembly.
    private readonly List<Assembly?> assemblies = [Assembly.GetEntryAssembly()];

    /// <summary>Makes a host that looks for tasks in the entry assembly.</summary>
    public CakeHost()
    {
    }

    /// <summary>Makes a host that looks for tasks in the entry assembly.</summary>
    /// <returns>The new host.</returns>
    public static CakeHost Create() => new();

    /// <summary>Looks for tasks in one more assembly.</summary>
    /// <param name="assembly">The assembly; its exported task classes join the build.</param>
    /// <returns>This host.</returns>
    public CakeHost AddAssembly(Assembly assembly)
    {
        assemblies.Add(assembly);
        return this;
    }

    /// <summary>Changes the services of the build; of two registrations of one service the last wins.</summary>
    /// <param name="services">What to do with the services.</param>
    /// <returns>This host.</returns>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(this.services);
        return this;
    }

    /// <summary>Runs the build that the command line asks for.</summary>
    /// <param name="args">The command line, without the name of the program.</param>
    /// <returns>0; the code that the thrown <c>CakeException</c> carries, or 1, when the build failed; -1 when the command line cannot be read.</returns>
    public int Run(IEnumerable<string> args)
    {
        foreach (var task in assemblies.OfType<Assembly>().SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask))
            services.AddSingleton(typeof(IFrostingTask), task);

        var app = new CommandApp<RunCommand>().WithData(services);
        app.Configure(RunSettings.AddExamples);
        return app.Run(args);
    }

    private static bool IsTask(Type type) =>
        type is { IsClass: true, IsAbstract: false } && typeof(IFrostingTask).IsAssignableFrom(type);
}
