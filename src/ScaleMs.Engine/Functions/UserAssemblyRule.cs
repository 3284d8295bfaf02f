namespace ScaleMs.Engine.Functions;

/// <summary>
/// The default answer to "is this assembly code of the user?", asked for each assembly that lies beside the function's own.
/// </summary>
/// <remarks>
/// User code is every assembly except: <c>ScaleMs</c> and <c>ScaleMs.*</c> without <c>ScaleMs.Recipes.*</c>, <c>Cake.*</c>,
/// <c>Spectre.*</c>; <c>System.*</c> and <c>Microsoft.*</c>, which are packages where they are not the framework; and every assembly that
/// a <c>*.deps.json</c> file beside it lists under a NuGet package. The assembly that declares the function is never asked about: it is
/// user code. Not safe for several threads at once.
/// </remarks>
public sealed class UserAssemblyRule
{
    private static readonly string[] s_hosts = ["ScaleMs", "Cake", "Spectre", "System", "Microsoft"];

    private readonly Dictionary<string, DependencyFacts> _facts = new(StringComparer.Ordinal);

    /// <summary>Decides about one assembly file.</summary>
    /// <param name="path">Its full path.</param>
    /// <returns>True: its IL enters the digest. False: its name and version do.</returns>
    public bool IsUser(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return !IsHost(name) && !FactsOf(Path.GetDirectoryName(path)!).IsFromPackage(name);
    }

    private static bool IsHost(string name) =>
        !name.StartsWith("ScaleMs.Recipes.", StringComparison.Ordinal)
        && Array.Exists(s_hosts, host => name == host || (name.StartsWith(host, StringComparison.Ordinal) && name[host.Length] == '.'));

    private DependencyFacts FactsOf(string directory)
    {
        if (!_facts.TryGetValue(directory, out var facts))
        {
            _facts.Add(directory, facts = DependencyFacts.Of(directory));
        }

        return facts;
    }
}
