using System.Text.RegularExpressions;

namespace ScaleMs.Launchers.Sites;

/// <summary>What the words of a sites file may be made of.</summary>
internal static partial class SiteWords
{
    public const string OneWord = "one word";
    public const string Options = "words, one element each: '-p', 'short' or '--partition=short'";
    public const string Destination = "a destination of ssh: an alias, user@host, or ssh://user@host:port";

    public static bool IsName(string text) => Name().IsMatch(text);

    public static bool IsVariable(string text) => Variable().IsMatch(text);

    public static bool IsModule(string text) => text.Length > 0 && text[0] != '-' && IsWord(text);

    public static bool IsWord(string text) => text.Length > 0 && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    /// <summary>A blank after an option's name would become part of its value.</summary>
    public static bool IsOption(string text) => text.Length > 0 && !text.Any(char.IsControl) && !TwoWords().IsMatch(text);

    /// <summary>Two numbers are minutes and seconds to Slurm, and hours and minutes to others.</summary>
    public static bool IsTime(string text) => text.Count(character => character == ':') != 1;

    /// <summary>A destination that begins with a dash would be an option.</summary>
    public static bool IsDestination(string text) => IsWord(text) && text[0] != '-' && !HasPassword(text);

    public static bool HasPassword(string text) => WithPassword().IsMatch(text);

    public static bool IsPathThere(string text) => PathThere().IsMatch(text) && !text.Any(char.IsControl);

    public static bool IsBroker(string text) => Address(text) is { Scheme: "amqp" or "amqps" } && !HasCredentials(text);

    public static bool IsBlobPlace(string text) => IsPathThere(text) || (Address(text) is { Scheme: "http" or "https" } && !HasCredentials(text));

    /// <summary>Whether an address may hold a user or a password: something before an '@', or a query.</summary>
    public static bool HasCredentials(string text) => text.AsSpan().ContainsAny('@', '?');

    private static Uri? Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A(-[A-Za-z]|--[A-Za-z][A-Za-z-]*)\s")]
    private static partial Regex TwoWords();

    [GeneratedRegex(@"\A(ssh://)?[^@/]*:[^@]*@")]
    private static partial Regex WithPassword();

    [GeneratedRegex(@"\A(/|(~|\$[A-Za-z_][A-Za-z0-9_]*|\$\{[A-Za-z_][A-Za-z0-9_]*\})(/|\z))")]
    private static partial Regex PathThere();
}
