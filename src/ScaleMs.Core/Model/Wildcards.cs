namespace ScaleMs.Core.Model;

/// <summary>Patterns in which <c>*</c> stands for any text and <c>?</c> for one character; everything else stands for itself.</summary>
internal static class Wildcards
{
    /// <summary>Whether a whole text fits. Goes back to the last star only, so that no pattern takes more than the product of the lengths.</summary>
    public static bool Fit(string pattern, string text)
    {
        var (p, t, star, resume) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }
}
