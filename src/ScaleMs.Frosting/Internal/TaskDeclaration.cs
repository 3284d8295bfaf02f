using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>What a task's class says about the task: its attributes and which methods it overrides. Knows nothing of the engine.</summary>
internal sealed class TaskDeclaration(Type type)
{
    private readonly Type root = RootOf(type);

    public string Name => NameOf(type);

    public string? Description => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description;

    public bool ContinuesOnError => type.IsDefined(typeof(ContinueOnErrorAttribute));

    public IEnumerable<string> Dependencies =>
        type.GetCustomAttributes<IsDependentOnAttribute>().Select(dependency => NameOfTask(dependency.Task, "dependency"));

    public IEnumerable<string> Dependees =>
        type.GetCustomAttributes<IsDependeeOfAttribute>().Select(dependee => NameOfTask(dependee.Task, "reverse dependency"));

    public Type ContextType => root.GenericTypeArguments[0];

    public bool OverridesRun => IsAsync(root)
        ? Overrides(nameof(AsyncFrostingTask.RunAsync), ContextType)
        : Overrides(nameof(FrostingTask.Run), ContextType);

    public bool OverridesShouldRun => Overrides(nameof(FrostingTask.ShouldRun), ContextType);

    public bool OverridesOnError => Overrides(nameof(FrostingTask.OnError), typeof(Exception), ContextType);

    public bool OverridesFinally => Overrides(nameof(FrostingTask.Finally), ContextType);

    // An override counts wherever it is between the task and its root, so abstract classes in between may hold the code.
    private bool Overrides(string method, params Type[] parameters) =>
        type.GetMethod(method, parameters) is { } found && found.GetBaseDefinition().DeclaringType != found.DeclaringType;

    private static string NameOfTask(Type other, string relation) => typeof(IFrostingTask).IsAssignableFrom(other)
        ? NameOf(other)
        : throw new FrostingException($"The {relation} '{NameOf(other)}' is not a valid task.");

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static Type RootOf(Type type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
            if (IsSync(candidate) || IsAsync(candidate)) return candidate;

        throw new FrostingException($"task '{NameOf(type)}' must derive from FrostingTask or AsyncFrostingTask");
    }

    private static bool IsSync(Type type) => IsClosed(type, typeof(FrostingTask<>));

    private static bool IsAsync(Type type) => IsClosed(type, typeof(AsyncFrostingTask<>));

    private static bool IsClosed(Type type, Type definition) =>
        type.IsConstructedGenericType && type.GetGenericTypeDefinition() == definition;
}
