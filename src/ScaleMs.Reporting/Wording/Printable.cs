using System.Text.RegularExpressions;

namespace ScaleMs.Reporting.Wording;

/// <summary>Makes text of others (logs, messages, names) safe to print: it may move no cursor, change no colour and break no line.</summary>
internal static partial class Printable
{
    /// <summary>The text without terminal sequences; other control characters become spaces.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var plain = TerminalSequence().Replace(text, string.Empty);
        return string.Create(plain.Length, plain, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        }).TrimEnd();
    }

    // CSI sequences (colours, cursor moves), then OSC sequences (titles, links) up to BEL or ST.
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)?")]
    private static partial Regex TerminalSequence();
}
