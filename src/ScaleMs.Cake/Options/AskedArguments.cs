using System.Collections.Concurrent;
using Cake.Core;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Cake's arguments, remembering which names the script asked for: any other is a misspelling, which Cake would ignore.</summary>
public sealed class AskedArguments : ICakeArguments
{
    // Tasks that run beside each other ask at the same time.
    private readonly ConcurrentDictionary<string, bool> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly ICakeArguments _arguments;

    /// <summary>Takes the arguments, before Cake goes to the script's folder.</summary>
    /// <param name="arguments">The arguments as Cake read them.</param>
    public AskedArguments(ICakeArguments arguments)
    {
        _arguments = arguments;
        OwnCommand.RememberFolder();
    }

    /// <inheritdoc/>
    public bool HasArgument(string name)
    {
        _asked[name] = true;
        return Names(name).Any(_arguments.HasArgument);
    }

    /// <inheritdoc/>
    public ICollection<string> GetArguments(string name)
    {
        _asked[name] = true;
        return [.. Names(name).SelectMany(_arguments.GetArguments)];
    }

    /// <inheritdoc/>
    public IDictionary<string, ICollection<string>> GetArguments() => _arguments.GetArguments();

    /// <summary>A script asks for its target by the long name; Cake itself knows no short one.</summary>
    private static IEnumerable<string> Names(string name) => string.Equals(name, "target", StringComparison.OrdinalIgnoreCase) ? [name, "t"] : [name];

    /// <summary>Faults for names that neither the engine knows nor the script has asked for by now.</summary>
    internal IEnumerable<Fault> Unknown() => _arguments.GetArguments().Keys
        .Where(name => !_asked.ContainsKey(name) && OptionTable.Find(name) is null && !CommandLine.IsConfiguration(name))
        .Order(StringComparer.Ordinal)
        .Select(UsageFaults.UnknownOption);
}
