using System.Reflection;
using System.Runtime.InteropServices;

namespace ScaleMs;

/// <summary>The files that make up the running program and that may be replaced without a new runtime, boot or command line.</summary>
internal static class ProgramFiles
{
    private const string TrustedAssemblies = "TRUSTED_PLATFORM_ASSEMBLIES";
    private const string MappedFiles = "/proc/self/maps";
    private const string Replaced = " (deleted)";

    /// <summary>What times of day are told by where <c>TZ</c> says nothing.</summary>
    private const string TimeZone = "/etc/localtime";

    /// <summary>Their absolute paths; of the files that are named here some may not exist.</summary>
    /// <remarks>
    /// Not only what is loaded by now: the code of a function step that is up to date is read for its key but never run, so the
    /// libraries that it calls are not loaded.
    /// </remarks>
    public static IReadOnlyList<string> All() => [.. Code().Concat(NativeLibraries()).Append(TimeZone).Distinct(StringComparer.Ordinal)];

    /// <summary>Those that hold IL or say where it is.</summary>
    public static IReadOnlyList<string> Code() => [.. Assemblies().Concat(Settings()).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Assemblies()
    {
        var trusted = (AppContext.GetData(TrustedAssemblies) as string ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.Location.Length > 0).Select(assembly => assembly.Location);
        var known = trusted.Concat(loaded).Where(file => !IsRuntimes(file, AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory())).ToList();
        return known.Concat(known.Select(file => Path.GetDirectoryName(file)!).Distinct(StringComparer.Ordinal).SelectMany(folder => Directory.EnumerateFiles(folder, "*.dll")));
    }

    /// <summary>Whether a file belongs to a runtime of its own, which the circumstances name; in a self-contained program nothing does.</summary>
    internal static bool IsRuntimes(string file, string program, string runtime) =>
        Path.TrimEndingDirectorySeparator(program) != Path.TrimEndingDirectorySeparator(runtime) && file.StartsWith(Path.TrimEndingDirectorySeparator(runtime) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> Settings() => Path.ChangeExtension(Assembly.GetEntryAssembly()?.Location, null) is { } entry
        ? [entry + ".deps.json", entry + ".runtimeconfig.json"]
        : [];

    /// <summary>The C library, whose version is a fact of the site, and what cultures are told by.</summary>
    /// <exception cref="InvalidDataException">One was replaced since it was loaded.</exception>
    private static List<string> NativeLibraries()
    {
        var mapped = (File.Exists(MappedFiles) ? File.ReadLines(MappedFiles) : [])
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var at && at >= 0 ? line[at..] : string.Empty)
            .Where(file => file.Contains(".so", StringComparison.Ordinal))
            .ToList();
        return mapped.Find(file => file.EndsWith(Replaced, StringComparison.Ordinal)) is { } replaced ? throw new InvalidDataException(replaced) : mapped;
    }
}
