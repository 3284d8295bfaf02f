using ScaleMs.Core.Faults;
using ScaleMs.Core.Model;

namespace ScaleMs;

/// <summary>The secrets that a context declared.</summary>
internal sealed class DeclaredSecrets
{
    private readonly SortedList<string, Secret> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The secrets in the order of their names.</summary>
    public IEnumerable<Secret> All => _byName.Values;

    /// <summary>Declares a secret; declaring it again the same way gives the same one.</summary>
    /// <exception cref="ArgumentException">It has no source or several, or another one has its name.</exception>
    public Secret Add(string name, string version, string? variable, string? file, IReadOnlyList<string>? command = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        SecretSource?[] sources =
        [
            variable is null ? null : new SecretSource.FromEnvironment(variable),
            file is null ? null : new SecretSource.FromFile(file),
            command is null ? null : FromCommand(name, command),
        ];
        if (sources.OfType<SecretSource>().ToList() is not [var source])
        {
            throw new ArgumentException($"The secret '{name}' needs one source: fromEnvironment, fromFile or fromCommand.", nameof(name));
        }

        if (!_byName.TryGetValue(name, out var known))
        {
            return _byName[name] = new Secret(name, version, source);
        }

        return known.Source!.Equals(source) && known.Version == version
            ? known
            : throw new ArgumentException($"There are two secrets called '{name}': give one another name.", nameof(name));
    }

    private static SecretSource.FromCommand FromCommand(string name, IReadOnlyList<string> command) =>
        command.Count == 0 || command[0].Length == 0 ? throw new ArgumentException($"The command of the secret '{name}' has no program.", nameof(command))
        : command.Any(argument => argument.Contains(Secret.TextStart, StringComparison.Ordinal)) ? throw new ArgumentException($"The command of the secret '{name}' holds another secret, which has no text.", nameof(command))
        : new SecretSource.FromCommand([.. command]);

    /// <summary>A secret is nothing that the command line or a file of parameters may give: both are read by others.</summary>
    /// <param name="given">Names of values given from outside, with their origins.</param>
    /// <param name="declared">Names of declared parameters.</param>
    public IEnumerable<Fault> Faults(IReadOnlyDictionary<string, ParameterValue> given, IReadOnlyList<string> declared)
    {
        foreach (var (name, secret) in _byName)
        {
            if (declared.Contains(name, StringComparer.OrdinalIgnoreCase) || (secret.Source is SecretSource.FromEnvironment source && GivenParameters.IsSetBy(source.Variable, declared)))
            {
                yield return UsageFaults.SecretAndParameter(name);
            }
            else if (given.TryGetValue(name, out var value) && !GivenParameters.IsFromEnvironment(value))
            {
                yield return UsageFaults.SecretGiven(name, value.Origin, secret.Source!);
            }
        }
    }

    /// <summary>Whether a name is that of a secret.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);
}
