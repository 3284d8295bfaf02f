using System.Reflection;
using Cake.Core;

namespace ScaleMs;

/// <summary>The code of a task or context that runs before any step: constructors, <c>Define</c>, criteria, and whatever else the author wrote in the class.</summary>
internal static class DefiningCode
{
    private const BindingFlags OwnMembers = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All code of the author's that runs before any step of a target.</summary>
    /// <param name="factory">Makes the host.</param>
    /// <param name="contexts">The contexts' classes.</param>
    /// <param name="closure">The tasks of the target.</param>
    public static IEnumerable<MethodBase> Of(MethodBase factory, IEnumerable<Type> contexts, IEnumerable<CakeTask> closure)
    {
        IEnumerable<MethodBase> main = Assembly.GetEntryAssembly()?.EntryPoint is { } entry ? [entry, factory] : [factory];
        var defining = contexts.Concat(closure.Select(StepTaskOf.Task).OfType<IStepTask>().Select(task => task.GetType())).SelectMany(Of);
        var constructing = HostExtensions.TaskTypes([Assembly.GetEntryAssembly()]).SelectMany(Of).Where(method => method.IsConstructor);
        return main.Concat(defining).Concat(constructing).Distinct();
    }

    /// <summary>What tasks outside the target's closure would do: their objects are made, so this code is named, but nobody calls it.</summary>
    /// <param name="closure">The tasks of the target.</param>
    public static IEnumerable<MethodBase> Idle(IEnumerable<CakeTask> closure)
    {
        var active = closure.Select(StepTaskOf.Task).OfType<IStepTask>().Select(task => task.GetType()).ToHashSet();
        return HostExtensions.TaskTypes([Assembly.GetEntryAssembly()]).Where(type => !active.Contains(type))
            .SelectMany(type => type.GetMethods(OwnMembers)).Where(method => method.IsVirtual && IsCalledByCake(method.GetBaseDefinition()));
    }

    private static bool IsCalledByCake(MethodInfo declaration) => declaration.DeclaringType is { } type && !IsAuthors(type) && type != typeof(object);

    /// <summary>Constructors and overrides of a class and of its bases in user code.</summary>
    private static IEnumerable<MethodBase> Of(Type type)
    {
        for (var part = type; part is not null && IsAuthors(part); part = part.BaseType)
        {
            var definition = part.IsGenericType ? part.GetGenericTypeDefinition() : part;
            foreach (var constructor in definition.GetConstructors(OwnMembers))
            {
                yield return constructor;
            }

            foreach (var method in definition.GetMethods(OwnMembers).Where(method => method.IsVirtual && !method.IsAbstract))
            {
                yield return method;
            }
        }
    }

    private static bool IsAuthors(Type type) => type.Assembly != typeof(DefiningCode).Assembly && type.Assembly.GetName().Name != "Cake.Frosting" && type.Assembly != typeof(object).Assembly;
}
