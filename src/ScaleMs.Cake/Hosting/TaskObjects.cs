using System.Reflection;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ScaleMs.Core.Faults;
using ScaleMs.Engine.Running;

namespace ScaleMs;

/// <summary>The task objects of a host: one for each class, whoever asks for it, so that a handle filled in by Define is the one that the other task holds.</summary>
/// <param name="services">Knows everything else that tasks take.</param>
/// <param name="registered">All registrations; those of the tasks that the host adds when it is run are there by then.</param>
internal sealed class TaskObjects(IServiceProvider services, IServiceCollection registered)
{
    private readonly List<ServiceDescriptor> _tasks =
        [.. registered.Where(service => !service.IsKeyedService && service.ServiceType == typeof(IFrostingTask)).DistinctBy(service => (object?)service.ImplementationType ?? service)];

    /// <summary>By class; null while the object is being made.</summary>
    private readonly Dictionary<Type, IFrostingTask?> _made = [];

    /// <summary>The tasks, in the order in which they were registered.</summary>
    public IReadOnlyList<IFrostingTask> All() => [.. _tasks.Select(Of)];

    /// <summary>The one object of a class.</summary>
    public IFrostingTask Of(Type type)
    {
        if (_made.TryGetValue(type, out var known))
        {
            return known ?? throw Circular();
        }

        _made[type] = null;
        var task = Make(type);
        _made[type] = task;
        return task;
    }

    private IFrostingTask Of(ServiceDescriptor task) => task switch
    {
        { ImplementationType: { } type } => Of(type),
        { ImplementationInstance: IFrostingTask instance } => instance,
        _ => (IFrostingTask)task.ImplementationFactory!(services),
    };

    /// <summary>As the container does, by the largest constructor whose arguments are all known; but that knows most tasks only as tasks, not by their own type.</summary>
    private IFrostingTask Make(Type type)
    {
        var constructors = type.GetConstructors();
        Array.Sort(constructors, (one, other) => other.GetParameters().Length - one.GetParameters().Length);
        foreach (var constructor in constructors)
        {
            var arguments = Array.ConvertAll<System.Reflection.ParameterInfo, object?>(constructor.GetParameters(), Argument);
            if (!arguments.Contains(Type.Missing))
            {
                return (IFrostingTask)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            }
        }

        // It says what is missing.
        return (IFrostingTask)ActivatorUtilities.CreateInstance(services, type);
    }

    private object? Argument(System.Reflection.ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return _tasks.Exists(task => task.ImplementationType == type)
            ? Of(type)
            : services.GetService(type) ?? (parameter.HasDefaultValue ? parameter.DefaultValue : Type.Missing);
    }

    private FaultException Circular()
    {
        ExitCodeRecord.Set(ExitCodes.Definition);
        var direct = InjectionCycle.Find([.. _tasks.Select(task => task.ImplementationType).OfType<Type>()]);
        return new FaultException(direct ?? InjectionCycle.ThroughServices(_made.Where(made => made.Value is null).Select(made => made.Key)));
    }
}
