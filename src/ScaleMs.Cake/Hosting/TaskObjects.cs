using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>The task objects of a host: one for each class, whoever asks for it.</summary>
/// <param name="services">Makes the known classes.</param>
/// <param name="registered">All registrations; those of tasks that the host adds when it is run are there by then.</param>
/// <param name="known">The classes that are registered under their own type.</param>
internal sealed class TaskObjects(IServiceProvider services, IServiceCollection registered, IReadOnlyList<Type> known)
{
    private readonly List<ServiceDescriptor> _others =
        [.. registered.Where(service => service is { IsKeyedService: false } && service.ServiceType == typeof(IFrostingTask) && !known.Contains(service.ImplementationType))];

    private readonly Dictionary<Type, IFrostingTask> _made = [];

    /// <summary>The tasks: the known ones, then those of other assemblies and registrations.</summary>
    public IReadOnlyList<IFrostingTask> All()
    {
        if (InjectionCycle.Find([.. _others.Select(other => other.ImplementationType).OfType<Type>()]) is { } cycle)
        {
            throw new FaultException(cycle);
        }

        return [.. known.Select(type => (IFrostingTask)services.GetRequiredService(type)), .. _others.Select(Of)];
    }

    private IFrostingTask Of(ServiceDescriptor other) => other switch
    {
        { ImplementationInstance: IFrostingTask task } => task,
        { ImplementationFactory: { } factory } => (IFrostingTask)factory(services),
        _ => Make(other.ImplementationType!),
    };

    private IFrostingTask Make(Type type) => _made.TryGetValue(type, out var task)
        ? task
        : _made[type] = (IFrostingTask)ActivatorUtilities.CreateInstance(services, type, [.. Injected(type).Select(Make)]);

    /// <summary>Other tasks that the constructor takes: the container knows them only as tasks, not by their own type.</summary>
    private IEnumerable<Type> Injected(Type type) => type.GetConstructors()
        .SelectMany(constructor => constructor.GetParameters())
        .Select(parameter => parameter.ParameterType)
        .Where(taken => _others.Exists(other => other.ImplementationType == taken))
        .Distinct();
}
