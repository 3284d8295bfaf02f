using System.Text;

namespace ScaleMs.Launchers.Remote;

/// <summary>Quotes texts for a POSIX shell.</summary>
internal static class ShellWord
{
    /// <summary>Names that a shell sets itself, keeps from being set, or gives a meaning of its own.</summary>
    private static readonly HashSet<string> OfTheShell = new(StringComparer.Ordinal)
    {
        "BASHOPTS", "BASHPID", "BASH_ARGC", "BASH_ARGV", "BASH_LINENO", "BASH_SOURCE", "BASH_VERSINFO", "COMP_WORDBREAKS", "DIRSTACK", "EPOCHREALTIME", "EPOCHSECONDS", "EUID",
        "FUNCNAME", "GROUPS", "HISTCMD", "LINENO", "OPTIND", "PIPESTATUS", "POSIXLY_CORRECT", "PPID", "PWD", "OLDPWD", "SHLVL", "RANDOM", "SECONDS", "SHELLOPTS", "SRANDOM",
        "UID", "_",
    };

    /// <summary>One word, with every character taken for what it is.</summary>
    internal static string Of(string text) => text.Contains('\'', StringComparison.Ordinal) ? $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'" : $"'{text}'";

    /// <summary>Words, each with a blank before it.</summary>
    internal static string All(IEnumerable<string> texts)
    {
        var words = new StringBuilder();
        foreach (var text in texts)
        {
            words.Append(' ').Append(Of(text));
        }

        return words.ToString();
    }

    /// <summary>Whether <c>export</c> takes the name and the shell leaves its value alone.</summary>
    internal static bool IsPlainName(string name) => IsName(name) && !OfTheShell.Contains(name);

    /// <summary>Whether the text is a name in the shell's grammar.</summary>
    internal static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
