using System.Reflection;

namespace ScaleMs;

/// <summary>The code of a task or context that runs before any step: constructors, <c>Define</c>, criteria, and whatever else the author wrote in the class.</summary>
internal static class DefiningCode
{
    private const BindingFlags OwnMembers = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Constructors and overrides of a class and of its bases in user code.</summary>
    public static IEnumerable<MethodBase> Of(Type type)
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
