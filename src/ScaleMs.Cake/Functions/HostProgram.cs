using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using ScaleMs.Core.Ports;

namespace ScaleMs;

/// <summary>Starts the running program again so that it calls a function before its own entry is reached.</summary>
/// <remarks>
/// The runtime calls <see cref="StartupHook"/> before the program's <c>Main</c>. So every host can do it, <c>dotnet cake</c> and test
/// runners too, with the very assemblies and settings that the host itself has, and neither the host's code nor Cake is run or loaded.
/// </remarks>
internal static class HostProgram
{
    /// <summary>Stands before the call file on the command line. A program that missed the hook would refuse it as an unknown option.</summary>
    public const string Mode = "--scalems-call";

    /// <summary>Stands last on the command line of a process that makes one call after another.</summary>
    public const string WorkerMode = "--scalems-calls";

    /// <summary>The runtime's own variable for assemblies that are called first.</summary>
    public const string HookVariable = "DOTNET_STARTUP_HOOKS";

    /// <summary>Tells where the assembly of the function is: on another machine not where the call says.</summary>
    public const string AssemblyVariable = "SCALEMS_CALLED_ASSEMBLY";

    private const string RuntimePrefix = "DOTNET_";

    /// <summary>The command that calls what a call file tells.</summary>
    public static LaunchCommand Command(string callFile) => new(Program(), [.. Prefix(), Mode, callFile], null, null);

    /// <summary>The command that makes the calls that it is told of.</summary>
    public static LaunchCommand Worker() => new(Program(), [.. Prefix(), WorkerMode], null, null);

    /// <summary>The absolute path of this process's program.</summary>
    public static string Program() => System.Environment.ProcessPath ?? throw new InvalidOperationException("The path of this process's program is unknown.");

    /// <summary>What stands before the arguments: the assembly, where the program is the runtime's own.</summary>
    public static IReadOnlyList<string> Prefix() =>
        Path.GetFileNameWithoutExtension(Program()).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? [Assembly.GetEntryAssembly()!.Location] : [];

    /// <summary>What has to be there for the command to run on a machine that has nothing of it: the runtime, the host, and what the function's own assembly lies beside.</summary>
    /// <param name="assembly">The function's assembly.</param>
    /// <returns>Folders and files, absolute, none inside another.</returns>
    public static IReadOnlyList<string> Folders(string assembly)
    {
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        var root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(runtime)!)!)!;
        string[] all =
        [
            runtime, Path.Combine(root, "host", "fxr"), System.Environment.ProcessPath!, Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
            Path.GetDirectoryName(typeof(HostProgram).Assembly.Location)!, Path.GetDirectoryName(assembly)!,
        ];
        var there = all.Where(Path.Exists).Distinct(StringComparer.Ordinal).ToList();
        return there.FindAll(path => !there.Exists(other => path.StartsWith(other + Path.DirectorySeparatorChar, StringComparison.Ordinal)));
    }

    /// <summary>The hook, and what the runtime was told by the caller: where it is, and what it is not to expect of this machine.</summary>
    public static IReadOnlyDictionary<string, string> Environment()
    {
        var variables = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (((string)variable.Key).StartsWith(RuntimePrefix, StringComparison.OrdinalIgnoreCase))
            {
                variables[(string)variable.Key] = (string?)variable.Value ?? string.Empty;
            }
        }

        variables[HookVariable] = typeof(HostProgram).Assembly.Location;
        return variables;
    }
}
