using System.CommandLine.Parsing;

namespace ScaleMs.Tool.Commands;

/// <summary>Option values with a form of their own.</summary>
internal static class Parsing
{
    internal delegate bool Parser<T>(string text, out T value);

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
