namespace ScaleMs.Launchers.Ssh;

/// <summary>A line that the script on a host wrote: a letter, a number, and a text that depends on the letter.</summary>
internal readonly record struct NodeAnswer(char Verb, int Number, string Text)
{
    /// <summary>Reads a line; what a login script prints is none of ours.</summary>
    internal static NodeAnswer? Read(string line)
    {
        if (line.Length < 3 || line[0] != '@' || line[2] != ' ')
        {
            return null;
        }

        var end = line.IndexOf(' ', 3) is > 0 and var blank ? blank : line.Length;
        return int.TryParse(line.AsSpan(3, end - 3), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new NodeAnswer(line[1], number, end < line.Length ? line[(end + 1)..] : string.Empty)
            : null;
    }
}
