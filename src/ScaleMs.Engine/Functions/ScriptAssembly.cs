namespace ScaleMs.Engine.Functions;

/// <summary>The assembly that a C# script is compiled to. The compiler names it anew each time, so in keys all of them have one name.</summary>
public static class ScriptAssembly
{
    private const string Prefix = "ℛ*";
    private const string Name = "script";

    /// <summary>Whether a name is that of a script's assembly.</summary>
    /// <param name="assembly">The assembly's simple name.</param>
    /// <returns>Whether a script compiler made it up.</returns>
    public static bool Is(string assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>The name under which an assembly enters keys.</summary>
    /// <param name="assembly">The assembly's simple name.</param>
    /// <returns>One and the same for all scripts, else the name.</returns>
    public static string NameOf(string assembly) => Is(assembly) ? Name : assembly;
}
