using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>What a site answered in one round trip.</summary>
/// <param name="Records">The words and values in the order in which they were told.</param>
internal sealed record SiteAnswer(IReadOnlyList<SiteRecord> Records)
{
    private const string Begin = "@scalems begin";
    private const string End = "@scalems end";

    /// <summary>Why there are no answers, as the end of a sentence that begins with the site; null when all was answered.</summary>
    public string? Problem { get; private init; }

    /// <summary>Lines of <c>before</c> that failed: number and status, with what they said.</summary>
    public IEnumerable<SiteRecord> FailedLines => Records.Where(record => record.Word == "line");

    /// <summary>An answer that never came.</summary>
    public static SiteAnswer None(string problem) => new([]) { Problem = problem };

    /// <summary>Reads what the questions printed; what modules and lines printed before does not disturb.</summary>
    public static SiteAnswer Read(ShellAnswer answer)
    {
        var lines = answer.Output.Split('\n').Select(line => line.TrimEnd('\r')).SkipWhile(line => line != Begin).Skip(1).ToList();
        var records = RecordsOf(lines.TakeWhile(line => line != End)).ToList();
        var isWhole = lines.Contains(End);
        return answer.Output.Contains(Begin, StringComparison.Ordinal) ? new SiteAnswer(records) { Problem = ProblemOf(records) ?? (isWhole ? null : Broken(answer, records)) }
            : None($"cannot be asked: {answer.Trouble}");
    }

    /// <summary>The value of a word that is told once; null when it was not told.</summary>
    public string? this[string word] => Records.FirstOrDefault(record => record.Word == word)?.Value;

    private static IEnumerable<SiteRecord> RecordsOf(IEnumerable<string> lines)
    {
        SiteRecord? open = null;
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            if (open is null && line.EndsWith(':') && !line.Contains(' ', StringComparison.Ordinal))
            {
                open = new SiteRecord(line[..^1], string.Empty);
            }
            else if (open is null)
            {
                yield return Plain(line);
            }
            else if (line == ".")
            {
                yield return open with { Value = Decode(text.ToString()) };
                (open, _) = (null, text.Clear());
            }
            else
            {
                text.Append(line);
            }
        }
    }

    private static SiteRecord Plain(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? new SiteRecord(line, string.Empty) : new SiteRecord(line[..blank], line[(blank + 1)..].Trim());
    }

    private static string Decode(string text)
    {
        try
        {
            // As a file of this machine is read: a mark of the encoding is no part of the text.
            using var reader = new StreamReader(new MemoryStream(Convert.FromBase64String(text)), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (FormatException)
        {
            // It was cut or mixed up on the way: nothing is read from it, and the line that is missed is told.
            return string.Empty;
        }
    }

    private static string? ProblemOf(List<SiteRecord> records)
    {
        var at = records.FindIndex(record => record.Word is "module" or "no-modules" or "no-folder");
        return at < 0 ? null : records[at] switch
        {
            { Word: "module" } module => $"could not load the module '{module.Value}'{Why(records.ElementAtOrDefault(at + 1))}",
            { Word: "no-modules" } => "has no 'module' command, and the profile names modules; put the line that defines it into 'before', or leave out 'modules'",
            { Value: var folder } => $"could not make a folder in {folder}: is it full?",
        };
    }

    private static string Broken(ShellAnswer answer, List<SiteRecord> records) => records.LastOrDefault(record => record.Word == "at") is { } line && !records.Exists(record => record.Word == "ready")
        ? string.Create(CultureInfo.InvariantCulture, $"ended its shell at line {line.Value} of 'before' ({answer.Trouble})")
        : $"did not answer to the end: {answer.Trouble}";

    /// <summary>The first line that says something.</summary>
    public static string Why(SiteRecord? why) =>
        why is { Word: "why" } && why.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var first, ..] ? $": {first}" : string.Empty;
}

/// <summary>A word and what was told with it.</summary>
internal sealed record SiteRecord(string Word, string Value);
