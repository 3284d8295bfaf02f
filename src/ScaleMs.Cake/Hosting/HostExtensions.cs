using System.Reflection;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ScaleMs.Core.Faults;
using ScaleMs.Reporting;

namespace ScaleMs;

/// <summary>Puts the ScaleMs engine into a Frosting host.</summary>
public static class HostExtensions
{
    /// <summary>Registers the engine and the tasks of the given assemblies; those that the host knows otherwise are found too.</summary>
    /// <param name="host">The host.</param>
    /// <param name="assemblies">Assemblies that hold tasks, besides the entry assembly and those of <c>AddAssembly</c>: their tasks may also be injected into what is no task.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseScaleMs(this CakeHost host, params Assembly[] assemblies)
    {
        ArgumentNullException.ThrowIfNull(host);
        var (types, clashes) = TaskClashes.Of(TaskTypes(assemblies.Prepend(Assembly.GetEntryAssembly())));
        return host.ConfigureServices(services =>
        {
            clashes.ForEach(clash => services.AddSingleton(new TaskClash(clash)));
            services.AddSingleton<ICakeEngine>(provider => new ScaleMsEngine(provider.GetRequiredService<ICakeDataService>(), provider.GetRequiredService<ICakeLog>()) 
            {
                Clashes = Clashes(provider),
                OwnsCommandLine = provider.GetService<CheckedCommandLine>() is not null,
            });
            services.AddSingleton(provider => new TaskObjects(provider, services));
            services.AddSingleton<IProcessRunner, GroupedProcessRunner>();
            foreach (var type in types)
            {
                services.AddSingleton(typeof(IFrostingTask), type);
                services.AddSingleton(type, provider => provider.GetRequiredService<TaskObjects>().Of(type));
            }

            // An explicit IEnumerable wins over the list that the container makes of all tasks, each an object of its own.
            services.AddSingleton<IEnumerable<IFrostingTask>>(provider => provider.GetRequiredService<TaskObjects>().All());
        });
    }

    /// <summary>Checks the command line, runs the host with the ScaleMs engine, and gives the exit code.</summary>
    /// <param name="host">The host, with its context.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>The exit code, see the table of exit codes in the documentation.</returns>
    public static int RunScaleMs(this CakeHost host, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(arguments);
        if (CommandLine.Asks(arguments, "help"))
        {
            Help.Write(Console.Out, "./build.sh");
            if (InjectionCycle.Find(TaskTypes([Assembly.GetEntryAssembly()]).ToList()) is null)
            {
                ParameterHelp.Write(host, Console.Out);
            }

            return Engine.Running.ExitCodes.Done;
        }

        var (normal, faults) = CommandLine.Check(arguments);
        if (faults.Count > 0)
        {
            new FaultPrinter(Console.Error, !Console.IsErrorRedirected).Print(new FaultException(faults));
            return Engine.Running.ExitCodes.Usage;
        }

        if (InjectionCycle.Find(TaskTypes([Assembly.GetEntryAssembly()]).ToList()) is { } cycle)
        {
            new FaultPrinter(Console.Error, !Console.IsErrorRedirected).Print(new FaultException(cycle));
            return Engine.Running.ExitCodes.Definition;
        }

        OwnCommand.RememberFolder();
        var code = host.UseScaleMs().ConfigureServices(services => services.AddSingleton(new CheckedCommandLine())).Run(normal);
        return ExitCodeRecord.InsteadOf(code);
    }

    /// <summary>Stands among the services where the command line was checked.</summary>
    private sealed record CheckedCommandLine;

    /// <summary>A host may be given the same assembly twice.</summary>
    private static List<Fault> Clashes(IServiceProvider provider) => [.. provider.GetServices<TaskClash>().Distinct().Select(clash => clash.Fault)];

    /// <summary>The classes of tasks, each of which is constructed in each run, whether or not the target needs it.</summary>
    internal static IEnumerable<Type> TaskTypes(IEnumerable<Assembly?> assemblies) => assemblies
        .OfType<Assembly>()
        .Distinct()
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IFrostingTask).IsAssignableFrom(type));
}
