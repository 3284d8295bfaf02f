using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Checks a command line before Cake sees it: Cake accepts unknown options silently, we do not.</summary>
internal static class CommandLine
{
    /// <summary>Cake's configuration keys may be given as options, such as <c>--paths_tools=DIR</c>.</summary>
    private static readonly string[] ConfigurationPrefixes = ["paths_", "nuget_", "settings_"];

    /// <summary>Checks the arguments and spells short forms of ours in full.</summary>
    /// <param name="arguments">The arguments as they were given.</param>
    /// <returns>The arguments for Cake, and all faults.</returns>
    public static (List<string> Arguments, List<Fault> Faults) Check(IReadOnlyList<string> arguments)
    {
        var (normal, faults) = (new List<string>(), new List<Fault>());
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (name is null)
            {
                faults.Add(UsageFaults.Stray(arguments[i]));
                continue;
            }

            var option = OptionTable.Find(name);
            if (option is null)
            {
                if (!IsConfiguration(name))
                {
                    faults.Add(UsageFaults.UnknownOption(name));
                    i += value is null && i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-') ? 1 : 0;
                    continue;
                }

                normal.Add(arguments[i]);
                continue;
            }

            if (option.Value is not null && value is null)
            {
                if (i + 1 >= arguments.Count)
                {
                    faults.Add(UsageFaults.NoValue(option));
                    continue;
                }

                value = arguments[++i];
            }

            if (GivenValue.Problem(option, value) is { } problem)
            {
                faults.Add(problem);
                continue;
            }

            normal.Add(value is null ? $"--{option.Name}" : $"--{option.Name}={value}");
        }

        return (normal, faults);
    }

    /// <summary>Whether a name is one of Cake's configuration keys.</summary>
    public static bool IsConfiguration(string name) => ConfigurationPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the arguments ask for an option.</summary>
    public static bool Asks(IReadOnlyList<string> arguments, string option) => arguments.Any(argument => Split(argument).Name is { } name && OptionTable.Find(name)?.Name == option);

    private static (string? Name, string? Value) Split(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-')
        {
            return (null, null);
        }

        var text = argument.TrimStart('-');
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }
}
