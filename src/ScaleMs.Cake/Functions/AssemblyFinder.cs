using System.Runtime.Loader;

namespace ScaleMs;

/// <summary>Finds what a function needs where the host loaded it from other places than its own, as <c>dotnet cake</c> does.</summary>
internal static class AssemblyFinder
{
    private static string? _looked;

    /// <summary>Looks for assemblies as the function's own one declares them, then beside this one.</summary>
    /// <param name="assembly">The path of the function's assembly.</param>
    public static void LookBeside(string assembly)
    {
        if (Interlocked.Exchange(ref _looked, assembly) == assembly)
        {
            return;
        }

        var declared = new AssemblyDependencyResolver(assembly);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            (declared.ResolveAssemblyToPath(name) ?? Beside(name.Name)) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            declared.ResolveUnmanagedDllToPath(name) is { } path ? System.Runtime.InteropServices.NativeLibrary.Load(path) : 0;
    }

    private static string? Beside(string? name) =>
        Path.Combine(Path.GetDirectoryName(typeof(AssemblyFinder).Assembly.Location)!, name + ".dll") is var path && File.Exists(path) ? path : null;
}
