using System.Text;

namespace ScaleMs.Reporting.Wording;

/// <summary>What texts have in common that differ in numbers only: members, jobs, processes, times.</summary>
internal static class AlikeText
{
    /// <summary>A text with one sign for each number.</summary>
    public static string Of(string text)
    {
        var common = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
            {
                common.Append(letter);
            }
            else if (common.Length == 0 || common[^1] != '#')
            {
                common.Append('#');
            }
        }

        return common.ToString();
    }
}
