using System.Reflection;
using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>The packages that recipes come from: their names, and whether they were built for this ScaleMs. Each assembly is looked at once.</summary>
internal sealed class Packages
{
    private static readonly AssemblyName Own = typeof(Packages).Assembly.GetName();
    private readonly Dictionary<Assembly, Version?> _builtFor = [];

    /// <summary>A type's package with its version, such as <c>ScaleMs.Recipes.Gromacs 0.1.0</c>.</summary>
    public static string Of(Type type) => Of(type.Assembly);

    /// <summary>A recipe as messages call it.</summary>
    public static string Recipe(Type type) => $"recipe '{type.Name.Split('`')[0]}' ({Of(type)})";

    /// <summary>Whether what was built for one version of ScaleMs works with another: that of the same major version, or of the same minor one below 1.0, and none older.</summary>
    public static bool IsCompatible(Version built, Version now) =>
        built.Major == now.Major && (now.Major > 0 || built.Minor == now.Minor) && built.Minor <= now.Minor;

    /// <summary>The fault of a package that was built for another ScaleMs; null when it fits.</summary>
    public Fault? ProblemOf(Assembly assembly, SourceLocation where) =>
        BuiltFor(assembly) is { } built && !IsCompatible(built, Own.Version!) ? RecipeFaults.BuiltForAnother(Of(assembly), built, Own.Version!, where) : null;

    /// <summary>Packages that explain why code could not be loaded.</summary>
    public IEnumerable<Fault> Behind(Exception exception) => exception is TypeLoadException or MissingMemberException or FileLoadException or FileNotFoundException
        ? AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => ProblemOf(assembly, default)).OfType<Fault>()
        : [];

    private static string Of(Assembly assembly)
    {
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString();
        return $"{assembly.GetName().Name} {version?.Split('+')[0]}".TrimEnd();
    }

    private Version? BuiltFor(Assembly assembly)
    {
        if (!_builtFor.TryGetValue(assembly, out var version))
        {
            _builtFor[assembly] = version = Array.Find(assembly.GetReferencedAssemblies(), reference => reference.Name == Own.Name)?.Version;
        }

        return version;
    }
}
