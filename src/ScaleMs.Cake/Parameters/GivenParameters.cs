using System.Text.Json;
using Cake.Core;
using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Parameter values from outside: <c>--set</c>, else the file of <c>--config</c>, else <c>SCALEMS_NAME</c> in the environment.</summary>
internal sealed class GivenParameters
{
    private const string EnvironmentPrefix = "SCALEMS_";

    /// <summary>Variables of that prefix that are the engine's own and no parameters.</summary>
    private static readonly string[] Reserved = ["SCALEMS_ATTEMPT"];

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

    public static GivenParameters Of(ICakeContext context)
    {
        var given = new GivenParameters();
        given.ReadEnvironment();
        given.ReadConfig(context);
        given.ReadSet(context.Arguments);
        return given;
    }

    /// <summary>Faults for values that name no declared parameter; the environment may hold what other workflows use.</summary>
    public IEnumerable<Fault> Unknown(IReadOnlyList<string> declared, DeclaredSecrets secrets) => _values.Keys
        .Where(name => !declared.Contains(name, StringComparer.OrdinalIgnoreCase) && !secrets.Has(name) && !IsFromEnvironment(_values[name]))
        .Select(name => UsageFaults.UnknownParameter(name, _values[name].Origin, declared));

    public static bool IsFromEnvironment(ParameterValue value) => value.Origin.StartsWith(EnvironmentPrefix, StringComparison.Ordinal);

    private void ReadEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && !Reserved.Contains(name, StringComparer.Ordinal))
            {
                _values[name[EnvironmentPrefix.Length..]] = new ParameterValue((string?)variable.Value ?? string.Empty, name);
            }
        }
    }

    private void ReadConfig(ICakeContext context)
    {
        foreach (var file in context.Arguments.GetArguments("config") ?? [])
        {
            var path = Path.Combine(context.Environment.WorkingDirectory.FullPath, file);
            _files.Add(path);
            try
            {
                using var document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    _values[property.Name] = new ParameterValue(TextOf(property.Value), $"file {file}");
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                _faults.Add(UsageFaults.BadConfig(file, exception is JsonException or InvalidOperationException ? "is no JSON object" : "cannot be read"));
            }
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

    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => string.Join(',', element.EnumerateArray().Select(TextOf)),
        _ => element.GetRawText(),
    };
}
