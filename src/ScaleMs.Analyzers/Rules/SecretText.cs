using System;
using System.Text.RegularExpressions;

namespace ScaleMs.Analyzers;

/// <summary>Tells texts that look like secrets. It rather misses one than takes a harmless text for one.</summary>
internal static class SecretText
{
    private const string Words = "password|passwd|passphrase|token|api[-_]?key|access[-_]?key|access[-_]?token|auth[-_]?token|client[-_]?secret|private[-_]?key";

    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);

    private static readonly Regex Option = Of($"^--?(?:{Words})=(?<value>.+)$", RegexOptions.IgnoreCase);

    private static readonly Regex NameOfOption = Of($"^--(?:{Words})$", RegexOptions.IgnoreCase);

    private static readonly Regex Assignment = Of($@"(?:^|[\s;&?,])(?:{Words}|secret)=(?<value>[^\s&;,'""]{{6,}})", RegexOptions.IgnoreCase);

    private static readonly Regex Export = Of(@"(?:^|[\s;])[A-Z][A-Z0-9_]*_(?:TOKEN|PASSWORD|PASSWD|SECRET|(?:API|ACCESS|PRIVATE|SECRET)_KEY)=(?<value>[^\s&;,'""]{6,})");

    private static readonly Regex Header = Of(@"\bauthorization:\s*(?:bearer|basic|token)\s+(?<value>[^\s'""]{8,})", RegexOptions.IgnoreCase);

    private static readonly Regex UserInfo = Of(@"\b[a-z][a-z+.-]*://[^/\s:@]+:(?<value>[^/\s:@]+)@", RegexOptions.IgnoreCase);

    // Access tokens that say what they are: of GitHub, GitLab, Slack, Amazon, and keys as PEM.
    private static readonly Regex Known = Of(
        @"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_-]{20,}|xox[abpr]-[A-Za-z0-9-]{20,}|AKIA[0-9A-Z]{16})\b|-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private static readonly Regex Variable = Of("(?:^|_)(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|APIKEY|(?:API|ACCESS|PRIVATE|SECRET)_KEY)$", RegexOptions.IgnoreCase);

    private static readonly Regex File = Of(@"^[\w./-]*\.\w{1,5}$|/");

    /// <summary>Whether a text holds the value of a secret.</summary>
    public static bool IsIn(string text) => Known.IsMatch(text) || Holds(Assignment, text) || Holds(Export, text) || Holds(Header, text) || Holds(UserInfo, text);

    /// <summary>Whether an argument holds the value of a secret.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="before">The argument before it; null for the first, or when it is no constant.</param>
    public static bool IsArgument(string argument, string? before) =>
        IsIn(argument) || Holds(Option, argument) || (before is not null && NameOfOption.IsMatch(before) && IsValue(argument));

    /// <summary>Whether a variable is called as those that hold secrets.</summary>
    public static bool IsVariable(string name) => Variable.IsMatch(name);

    private static bool Holds(Regex form, string text) => form.Match(text) is { Success: true } match && IsValue(match.Groups["value"].Value);

    /// <summary>Not what stands for a value: a variable, a placeholder, a file, a number or a word such as none.</summary>
    private static bool IsValue(string value) => value.Length >= 4 && value[0] is not ('$' or '@' or '<' or '{' or '%' or '*' or '-' or '`' or '(' or '"' or '\'')
        && !File.IsMatch(value) && !double.TryParse(value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)
        && value.ToUpperInvariant() is not ("NONE" or "NULL" or "TRUE" or "FALSE" or "AUTO" or "STDIN");

    private static Regex Of(string pattern, RegexOptions options = RegexOptions.None) => new(pattern, options | RegexOptions.CultureInvariant, Most);
}
