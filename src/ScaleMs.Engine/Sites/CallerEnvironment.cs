using ScaleMs.Core.Model;

namespace ScaleMs.Engine.Sites;

/// <summary>The environment that the host was started with, and what steps get of it.</summary>
/// <param name="variables">The variables by name.</param>
/// <param name="alsoPassed">Names of variables that every step gets besides the usual ones.</param>
internal sealed class CallerEnvironment(IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> alsoPassed)
{
    /// <summary>Variables that are the site's business: what they lead to enters keys as facts and fingerprints, not they themselves.</summary>
    private static readonly string[] SiteVariables = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "MODULEPATH", "LOADEDMODULES", "SystemRoot"];

    /// <summary>Variables passed through without being keyed.</summary>
    private static readonly string[] PassedVariables =
        ["HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP", "CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "LM_LICENSE_FILE"];

    /// <summary>All of it.</summary>
    public IReadOnlyDictionary<string, string> All => variables;

    /// <summary>A variable's value; null when it is not set.</summary>
    public string? this[string name] => variables.GetValueOrDefault(name);

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> OfProcess()
    {
        var variables = System.Environment.GetEnvironmentVariables();
        return variables.Keys.Cast<string>().ToDictionary(name => name, name => (string)variables[name]!, Names);
    }

    /// <summary>The whole environment of a step's commands: variables of the site, passed ones, fixed ones, declared ones.</summary>
    public Dictionary<string, string> For(StepInstance step)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        var passed = variables.Keys.Where(name => name.StartsWith("SLURM_", StringComparison.Ordinal));
        foreach (var name in SiteVariables.Concat(PassedVariables).Concat(passed).Concat(alsoPassed).Concat(step.PassedEnvironment))
        {
            if (this[name] is { } value)
            {
                environment[name] = value;
            }
        }

        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        foreach (var (name, value) in step.Environment)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static StringComparer Names => OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
