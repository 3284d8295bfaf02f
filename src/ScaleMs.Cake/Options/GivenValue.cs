using ScaleMs.Core.Faults;

namespace ScaleMs;

/// <summary>Checks the values of options that Cake reads, which tells of bad ones with a code of its own, and of those that take none.</summary>
internal static class GivenValue
{
    /// <summary>What is wrong with a value; null when nothing is, or when it is checked where it is read.</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">What was given; null for nothing.</param>
    public static Fault? Problem(OptionInfo option, string? value) =>
        value is null ? null
        : option.Value is null ? ProblemOfFlag(option, value)
        : value.Length == 0 ? UsageFaults.NoValue(option)
        : option.Choices.Count > 0 && !IsAmong(option.Choices, value) ? UsageFaults.BadValue(option.Name, value, option.Description)
        : option.Name == "working" && !Directory.Exists(value) ? UsageFaults.BadValue(option.Name, value, "a directory that is there")
        : null;

    private static Fault? ProblemOfFlag(OptionInfo option, string value) => IsAmong(["true", "false", .. option.Choices], value) ? null
        : UsageFaults.BadValue(option.Name, value, $"--{string.Join(" or ", option.Choices.Select(choice => $"{option.Name}={choice}").Prepend(option.Name))}");

    private static bool IsAmong(IEnumerable<string> choices, string value) => choices.Contains(value, StringComparer.OrdinalIgnoreCase);
}
