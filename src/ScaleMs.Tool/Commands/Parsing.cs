using System.CommandLine.Parsing;
using ScaleMs.Core.Model;

namespace ScaleMs.Tool.Commands;

/// <summary>Option values with a form of their own.</summary>
internal static class Parsing
{
    internal const string AnyTime = "a time of at least 1s, such as 30s or 2min";

    internal const string AnySize = "a size such as 64GiB";

    internal delegate bool Parser<T>(string text, out T value);

    internal static bool TryTime(string text, out TimeSpan? time)
    {
        time = Duration.TryParse(text);
        return time >= TimeSpan.FromSeconds(1);
    }

    internal static bool TrySize(string text, out long bytes)
    {
        bytes = ByteSize.TryParse(text) ?? -1;
        return bytes >= 0;
    }

    /// <summary>Reads a value, or says which form it should have.</summary>
    public static Func<ArgumentResult, T?> With<T>(Parser<T> tryParse, string form) => result =>
    {
        if (tryParse(result.Tokens[0].Value, out var value))
        {
            return value;
        }

        result.AddError($"'{result.Tokens[0].Value}' is no value of {(result.Parent as OptionResult)?.Option.Name}: give {form}");
        return default;
    };
}
