using System.Text.Json;
using Cake.Core;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Parameter values from outside: <c>--set</c>, else the file of <c>--config</c>, else <c>SCALEMS_NAME</c> in the environment.</summary>
internal sealed class GivenParameters
{
    private const string EnvironmentPrefix = "SCALEMS_";

    /// <summary>Variables of that prefix that are the engine's own and no parameters.</summary>
    private static readonly string[] Reserved = ["SCALEMS_ATTEMPT", "SCALEMS_CACHE", Detached.Variable];

    private readonly Dictionary<string, ParameterValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Fault> _faults = [];
    private readonly List<string> _files = [];

    private GivenParameters()
    {
    }

    public IReadOnlyDictionary<string, ParameterValue> Values => _values;

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Files that values were read from, absolute.</summary>
    public IReadOnlyList<string> Files => _files;

    public static GivenParameters Of(ICakeContext context) =>
        Of(context.Arguments, context.Environment.WorkingDirectory.FullPath, System.Environment.GetEnvironmentVariables());

    /// <summary>Reads what is given.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="directory">Where names of files begin, absolute.</param>
    /// <param name="variables">The environment.</param>
    public static GivenParameters Of(ICakeArguments arguments, string directory, System.Collections.IDictionary variables)
    {
        var given = new GivenParameters();
        given.ReadEnvironment(variables);
        given.ReadConfig(arguments, directory);
        given.ReadSet(arguments);
        return given;
    }

    /// <summary>Faults for values that name no declared parameter; the environment may hold what other workflows use.</summary>
    public IEnumerable<Fault> Unknown(IReadOnlyList<string> declared, DeclaredSecrets secrets) => _values.Keys
        .Where(name => !declared.Contains(name, StringComparer.OrdinalIgnoreCase) && !secrets.Has(name) && !IsFromEnvironment(_values[name]))
        .Select(name => UsageFaults.UnknownParameter(name, _values[name].Origin, declared));

    /// <summary>Variables that name no parameter but look as if they were meant to, with the name that was probably meant.</summary>
    public IEnumerable<string> Misspelt(IReadOnlyList<string> declared)
    {
        foreach (var (name, value) in _values)
        {
            if (IsFromEnvironment(value) && !declared.Contains(name, StringComparer.OrdinalIgnoreCase) && Nearest.To(name, declared) is { } near)
            {
                yield return $"{value.Origin} sets no parameter of this workflow: '{near}' would be set by {EnvironmentPrefix}{near.ToUpperInvariant()}";
            }
        }
    }

    /// <summary>Whether a variable gives the value of a parameter, which is shown to everybody.</summary>
    public static bool IsSetBy(string variable, IReadOnlyList<string> declared) =>
        variable.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && declared.Contains(variable[EnvironmentPrefix.Length..], StringComparer.OrdinalIgnoreCase);

    public static bool IsFromEnvironment(ParameterValue value) => value.Origin.StartsWith(EnvironmentPrefix, StringComparison.Ordinal);

    private void ReadEnvironment(System.Collections.IDictionary variables)
    {
        foreach (System.Collections.DictionaryEntry variable in variables)
        {
            var name = (string)variable.Key;
            if (name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && !Reserved.Contains(name, StringComparer.Ordinal) && !name.StartsWith(Secret.VariablePrefix, StringComparison.Ordinal))
            {
                _values[name[EnvironmentPrefix.Length..]] = new ParameterValue((string?)variable.Value ?? string.Empty, name);
            }
        }
    }

    private void ReadConfig(ICakeArguments arguments, string directory)
    {
        foreach (var file in arguments.GetArguments("config") ?? [])
        {
            var path = Path.Combine(directory, file);
            _files.Add(path);
            try
            {
                Read(path, file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                _faults.Add(UsageFaults.BadConfig(file, exception is JsonException or InvalidOperationException ? "is no JSON object" : "cannot be read"));
            }
            catch (FormatException exception)
            {
                _faults.Add(UsageFaults.BadConfig(file, exception.Message));
            }
        }
    }

    private void Read(string path, string file)
    {
        void Take(string name, ParameterValue value) => _values[name] = value;

        if (YamlConfigFile.Is(file))
        {
            YamlConfigFile.Read(File.ReadAllText(path), file, Take);
        }
        else
        {
            ConfigFile.Read(File.ReadAllBytes(path), file, Take);
        }
    }

    private void ReadSet(ICakeArguments arguments)
    {
        foreach (var text in arguments.GetArguments("set") ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                _values[text[..equals].Trim()] = new ParameterValue(text[(equals + 1)..], "--set");
            }
            else
            {
                _faults.Add(UsageFaults.BadAssignment(text));
            }
        }
    }
}
