namespace ScaleMs.Benchmarks.Host;

/// <summary>One line of <c>graph.tsv</c>: output, inputs and command, with tabs between them and blanks between words.</summary>
/// <param name="Output">The path that the step writes, relative to the workspace.</param>
/// <param name="Inputs">The paths that it reads.</param>
/// <param name="Words">The command, which may end with <c>&lt; FILE</c>, <c>&gt; FILE</c> or both.</param>
public sealed record GraphLine(string Output, string[] Inputs, string[] Words)
{
    /// <summary>The step's name: the output's last part.</summary>
    public string Name => Output[(Output.LastIndexOf('/') + 1)..];

    /// <summary>The argument vector, without redirections.</summary>
    public string[] Vector => Array.FindIndex(Words, word => word is ">" or "<") is >= 0 and var end ? Words[..end] : Words;

    /// <summary>The file that standard output goes to; null for none.</summary>
    public string? StandardOutput => After(">");

    /// <summary>The file that standard input comes from; null for none.</summary>
    public string? StandardInput => After("<");

    public static GraphLine Parse(string line)
    {
        var fields = line.Split('\t');
        return new GraphLine(fields[0], fields[1].Split(' '), fields[2].Split(' '));
    }

    private string? After(string sign) => Array.IndexOf(Words, sign) is >= 0 and var place ? Words[place + 1] : null;
}
