using System.Reflection;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Tells whether code gives the same result whenever it is given the same, as far as IL shows: it names nothing outside itself but what
/// <see cref="PureMembers"/> lists. What is doubtful counts as impure.
/// </summary>
public static class PureCode
{
    /// <summary>What of the code that methods reach is not known to be pure.</summary>
    /// <param name="methods">Where the code begins: methods and constructors of user assemblies.</param>
    /// <param name="passedOn">Methods that this code may pass on but not call: function steps.</param>
    /// <returns>Members as <c>Namespace.Type::Member</c>; empty when the code is pure.</returns>
    /// <exception cref="FunctionIdentityException">An assembly has no file, or it has changed since it was loaded.</exception>
    public static IReadOnlyList<string> Impurities(IEnumerable<MethodBase> methods, IReadOnlyCollection<MethodBase> passedOn)
    {
        var impure = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var assembly in methods.GroupBy(FunctionFile.PathOf, StringComparer.Ordinal))
        {
            using var pool = new AssemblyPool(assembly.Key, path => !IsOurs(path));
            var code = new ReachedCode(new MetadataResolver(pool), withUnseenCalls: true);
            foreach (var function in passedOn.Where(function => FunctionFile.PathOf(function) == assembly.Key))
            {
                code.PassOn(FunctionFile.Find(pool.Root, function));
            }

            foreach (var method in assembly)
            {
                Reach(code, FunctionFile.Find(pool.Root, method));
            }

            code.Walk();
            impure.UnionWith(code.Outside.Where(member => !PureMembers.Has(member)));
        }

        return [.. impure];
    }

    private static void Reach(ReachedCode code, MethodId method)
    {
        // Whoever calls the method has made its object, whose overrides others may call.
        if (!method.Definition.Attributes.HasFlag(MethodAttributes.Static))
        {
            code.Instantiate(method.Owner);
        }

        code.Reach(method);
    }

    /// <summary>Packages are walked like the author's own code; what declares workflows is known, member by member.</summary>
    private static bool IsOurs(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name == "Cake" || name.StartsWith("Cake.", StringComparison.Ordinal)
            || (name.StartsWith("ScaleMs.", StringComparison.Ordinal) && !name.StartsWith("ScaleMs.Recipes.", StringComparison.Ordinal));
    }
}
