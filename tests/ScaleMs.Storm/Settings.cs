using System.Globalization;

namespace ScaleMs.Storm;

/// <summary>How large the storm is. What it does not know it refuses.</summary>
internal sealed record Settings(int Kills, int Seed)
{
    /// <summary>The exit code of a command that was not understood.</summary>
    public const int Refused = 2;

    /// <summary>Reads <c>--set kills=N --set seed=S</c>, in all forms in which hosts take them; the target is what brought us here.</summary>
    /// <returns>The settings; null when something was refused, which was then said.</returns>
    public static Settings? Read(IReadOnlyList<string> arguments, TextWriter errors)
    {
        var settings = new Settings(Kills: 30, Seed: 1);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            value ??= i + 1 < arguments.Count ? arguments[++i] : null;
            var read = name switch
            {
                "--target" or "-t" when value == "faults" => settings,
                "--set" => settings.With(value),
                _ => null,
            };
            if (read is null)
            {
                errors.WriteLine($"faults: '{arguments[i]}' is not known or has no good value; it takes --set kills=N (N at least 1) and --set seed=S, whole numbers");
                return null;
            }

            settings = read;
        }

        return settings;
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var at = argument.AsSpan().IndexOfAny('=', ':');
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private Settings? With(string? assignment) => assignment?.Split('=') is [var name, var text] &&
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? name switch
        {
            "kills" when number > 0 => this with { Kills = number },
            "seed" => this with { Seed = number },
            _ => null,
        }
        : null;
}
