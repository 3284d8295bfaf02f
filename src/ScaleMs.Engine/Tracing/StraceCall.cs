using System.Globalization;
using System.Text;

namespace ScaleMs.Engine.Tracing;

/// <summary>A system call as <c>strace -y</c> writes it: <c>openat(AT_FDCWD&lt;/w&gt;, "a", O_RDONLY) = 3&lt;/w/a&gt;</c>.</summary>
/// <param name="Name">The call's name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Value">What it returned; null when it did not return.</param>
/// <param name="File">The file that the returned descriptor is open on, all links resolved; null for none.</param>
/// <param name="Error">The error's name, such as <c>ENOENT</c>; empty for none.</param>
internal sealed record StraceCall(string Name, IReadOnlyList<StraceArgument> Arguments, long? Value, string? File, string Error)
{
    /// <summary>Reads a line without its process id; null for what is no call, or only a part of one.</summary>
    public static StraceCall? Parse(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !line.AsSpan(0, open).ContainsOnlyNameLetters())
        {
            return null;
        }

        var position = open + 1;
        var arguments = new List<StraceArgument>();
        while (position < line.Length && line[position] != ')')
        {
            arguments.Add(ReadArgument(line, ref position));
        }

        var result = line.IndexOf("= ", Math.Min(position, line.Length), StringComparison.Ordinal);
        return position >= line.Length || result < 0 ? null : WithResult(line[..open], arguments, line, result + 2);
    }

    /// <summary>Undoes the escapes of C strings, in which everything but printable ASCII is written.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
            else
            {
                bytes.Add(ReadEscape(text, ref i));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static StraceCall WithResult(string name, List<StraceArgument> arguments, string line, int start)
    {
        var end = start;
        while (end < line.Length && (char.IsAsciiDigit(line[end]) || line[end] == '-'))
        {
            end++;
        }

        long? value = long.TryParse(line.AsSpan(start, end - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        var file = end < line.Length && line[end] == '<' ? Unescape(line.AsSpan(end + 1, Until(line, end + 1, '>') - end - 1)) : null;
        var rest = line[Math.Min(end, line.Length)..].TrimStart();
        return new StraceCall(name, arguments, value, file, rest.StartsWith('E') ? rest.Split(' ')[0] : string.Empty);
    }

    /// <summary>Reads up to the comma or bracket that ends an argument, and past a comma and the blank behind it.</summary>
    private static StraceArgument ReadArgument(string line, ref int position)
    {
        var (start, depth) = (position, 0);
        string? text = null;
        string? file = null;
        for (; position < line.Length; position++)
        {
            var c = line[position];
            if (c == '"')
            {
                var end = EndOfText(line, position + 1);
                text ??= depth == 0 ? Unescape(line.AsSpan(position + 1, end - position - 1)) : null;
                position = end;
            }
            else if (c == '<' && position > start && (char.IsAsciiDigit(line[position - 1]) || line[position - 1] == 'D'))
            {
                var end = Until(line, position + 1, '>');
                file ??= Unescape(line.AsSpan(position + 1, end - position - 1));
                position = end;
            }
            else if (depth == 0 && c is ',' or ')')
            {
                break;
            }
            else
            {
                depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            }
        }

        var raw = line[start..Math.Min(position, line.Length)];
        position += position < line.Length && line[position] == ',' ? 2 : 0;
        return new StraceArgument(raw, text, file);
    }

    private static int EndOfText(string line, int position)
    {
        while (position < line.Length && line[position] != '"')
        {
            position += line[position] == '\\' ? 2 : 1;
        }

        return Math.Min(position, line.Length);
    }

    private static int Until(string line, int position, char end) => line.IndexOf(end, position) is >= 0 and var found ? found : line.Length;

    private static byte ReadEscape(ReadOnlySpan<char> text, ref int i)
    {
        var c = text[++i];
        if (c is >= '0' and <= '7')
        {
            var value = 0;
            for (var digits = 0; digits < 3 && i < text.Length && text[i] is >= '0' and <= '7'; digits++, i++)
            {
                value = (value * 8) + (text[i] - '0');
            }

            i--;
            return unchecked((byte)value);
        }

        return c switch { 'n' => (byte)'\n', 't' => (byte)'\t', 'r' => (byte)'\r', 'v' => 11, 'f' => 12, _ => unchecked((byte)c) };
    }
}

/// <summary>An argument of a system call.</summary>
/// <param name="Raw">As it is written.</param>
/// <param name="Text">The text, where it is one.</param>
/// <param name="File">The file that a descriptor is open on, or the folder that <c>AT_FDCWD</c> stands for; null for none.</param>
internal sealed record StraceArgument(string Raw, string? Text, string? File);

/// <summary>Letters of names.</summary>
internal static class StraceLetters
{
    public static bool ContainsOnlyNameLetters(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }
}
