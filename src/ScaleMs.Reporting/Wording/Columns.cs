using System.Globalization;
using System.Text;

namespace ScaleMs.Reporting.Wording;

/// <summary>Measures and cuts text by terminal columns: a wide character takes two, a combining mark none.</summary>
internal static class Columns
{
    private const string Cut = "…";

    /// <summary>The columns that a text takes.</summary>
    public static int Of(string text) => Ascii.IsValid(text) ? text.Length : text.EnumerateRunes().Sum(Of);

    /// <summary>Cuts at the end when the text does not fit.</summary>
    public static string Fit(string text, int most)
    {
        if (Of(text) <= most)
        {
            return text;
        }

        return most < 1 ? string.Empty : Head(text, most - 1) + Cut;
    }

    /// <summary>Cuts in the middle when the text does not fit: the end of a step's id is the member, which tells replicas apart.</summary>
    public static string FitMiddle(string text, int most)
    {
        if (Of(text) <= most)
        {
            return text;
        }

        var tail = Tail(text, Math.Max(0, (most - 1) * 2 / 3));
        return most < 1 ? string.Empty : Head(text, most - 1 - Of(tail)) + Cut + tail;
    }

    /// <summary>Fills up with spaces.</summary>
    public static string Pad(string text, int columns) => text + new string(' ', Math.Max(0, columns - Of(text)));

    private static string Head(string text, int most)
    {
        var head = new StringBuilder();
        var left = most;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= Of(rune);
            if (left < 0)
            {
                break;
            }

            head.Append(rune.ToString());
        }

        return head.ToString();
    }

    private static string Tail(string text, int most)
    {
        var runes = text.EnumerateRunes().ToArray();
        var first = runes.Length;
        for (var left = most; first > 0 && (left -= Of(runes[first - 1])) >= 0;)
        {
            first--;
        }

        return string.Concat(runes[first..].Select(rune => rune.ToString()));
    }

    private static int Of(Rune rune) => rune.Value switch
    {
        < 0x300 => 1,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    /// <summary>The large blocks of East Asian Width W and F (Unicode TR 11) and the emoji; enough to never overrun a line.</summary>
    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or
        (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or
        (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F680 and <= 0x1F6FF) or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD);
}
