using System.Globalization;
using System.Reflection;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Digests the IL that functions reach in user code. It owns the assembly files it has read, so several functions of one workflow share
/// them.
/// </summary>
/// <remarks>
/// Followed: calls, method and field tokens, static initialisers, overrides in types that reached code makes, the data of array
/// initialisers, and what System.Text.Json calls of the types it is given. Not followed: what is found by name at run time (reflection,
/// <c>dynamic</c>), native libraries, embedded resources, attributes. Comments, names of locals, member order and the compiler's ordinals
/// have no effect. Debug and Release builds differ. Not safe for several threads at once.
/// </remarks>
public sealed class IlDigester : IDisposable
{
    // Raise it when the encoding changes: old keys must miss.
    private const string Encoding = "scalems.il/1";

    private readonly Func<string, bool> _isUser;
    private readonly Dictionary<string, AssemblyPool> _pools = new(StringComparer.Ordinal);

    /// <summary>Makes a digester that has read no file yet.</summary>
    /// <param name="isUserAssembly">
    /// Says of the full path of an assembly beside the function's own whether it is user code; <see cref="UserAssemblyRule"/> by default.
    /// The function's own assembly always is, the framework and assemblies elsewhere never are. It must give the same answers wherever
    /// digests are compared.
    /// </param>
    public IlDigester(Func<string, bool>? isUserAssembly = null) => _isUser = isUserAssembly ?? new UserAssemblyRule().IsUser;

    /// <summary>Identifies the code of a function.</summary>
    /// <param name="method">Any method of an assembly that was loaded from a file.</param>
    /// <returns>The digest with its components.</returns>
    /// <exception cref="FunctionIdentityException">There is no assembly file, or it has changed since it was loaded.</exception>
    public IlDigestResult Of(MethodInfo method)
    {
        var pool = PoolOf(method);
        var root = FunctionFile.Find(pool.Root, method);
        var code = new ReachedCode(new MetadataResolver(pool));
        var label = code.Names.Method(root);
        code.Reach(root);
        code.Surface.ReachFrom(root);
        var arguments = new TypeArguments(pool, code).Text(ArgumentsOf(method));
        var components = code.Walk()
            .Append(new CodeComponent("function", arguments.Length == 0 ? label : $"{label} with <{arguments}>"))
            .Append(new CodeComponent("runtime", RuntimeMajor()))
            .OrderBy(component => component.Name, StringComparer.Ordinal).ThenBy(component => component.Value, StringComparer.Ordinal)
            .ToList();
        return new IlDigestResult(Sha256Hex(components), components) { Builds = pool.Builds() };
    }

    /// <summary>A cheap name for the digest, under which it can be kept between runs: as long as it stays, so does the digest.</summary>
    /// <param name="method">Any method of an assembly that was loaded from a file.</param>
    /// <returns>
    /// 64 hexadecimal digits, from the method's name, the module version ids of all user assemblies it could reach, package versions and
    /// the runtime's major version.
    /// </returns>
    /// <exception cref="FunctionIdentityException">As for <see cref="Of"/>.</exception>
    public string CacheKey(MethodInfo method)
    {
        var pool = PoolOf(method);
        FunctionFile.Find(pool.Root, method);
        var components = pool.Closure()
            .Select(origin => origin switch
            {
                AssemblyOrigin.User user => new CodeComponent($"user {user.Module.Name}", user.Module.Mvid.ToString("N")),
                AssemblyOrigin.Package package => new CodeComponent($"package {package.Name}", package.Version),
                _ => new CodeComponent("runtime", RuntimeMajor()),
            })
            .Append(new CodeComponent("function", $"{method.DeclaringType} {method}"))
            .OrderBy(component => component.Name, StringComparer.Ordinal);
        return Sha256Hex([.. components]);
    }

    /// <summary>Lets go of the files that were read.</summary>
    public void Dispose()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Dispose();
        }

        _pools.Clear();
    }

    private static string RuntimeMajor() => Environment.Version.Major.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Type> ArgumentsOf(MethodInfo method) =>
        (method.DeclaringType?.GetGenericArguments() ?? []).Concat(method.IsGenericMethod ? method.GetGenericArguments() : []);

    private static string Sha256Hex(List<CodeComponent> components)
    {
        var writer = new CanonicalWriter().Text(Encoding).Number(components.Count);
        foreach (var (name, value) in components)
        {
            writer.Text(name).Text(value);
        }

        return writer.TakeSha256Hex();
    }

    private AssemblyPool PoolOf(MethodInfo method)
    {
        var path = FunctionFile.PathOf(method);
        if (!_pools.TryGetValue(path, out var pool))
        {
            _pools.Add(path, pool = new AssemblyPool(path, _isUser));
        }

        return pool;
    }
}
