using System.Text.RegularExpressions;
using Cake.Core;

namespace ScaleMs.Conformance.Tests;

/// <summary>What one engine did with a build, line by line: calls, log lines, events, report rows, how it ended. Times are left out, or no two runs were alike.</summary>
internal sealed partial class Recording
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    /// <summary>Every line, in order.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>What the tasks and handlers of the build said, in order.</summary>
    public IEnumerable<string> Said => Of("say ");

    /// <summary>The report's rows: name, category, status, why it was skipped.</summary>
    public IEnumerable<string> Report => Of("report ");

    /// <summary>What lay in the workspace at the end, names only.</summary>
    public string Left => Of("left ").Single();

    /// <summary>The lines of one kind, without its name.</summary>
    public IEnumerable<string> Of(string kind) => _lines.Where(line => line.StartsWith(kind, StringComparison.Ordinal)).Select(line => line[kind.Length..]);

    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(Frames().Replace(Time().Replace(line, "<time>"), string.Empty));
        }
    }

    public void Add(CakeReport? report)
    {
        foreach (var entry in report ?? new CakeReport())
        {
            var took = entry.Duration > TimeSpan.Zero ? "took time" : "took none";
            Add($"report {entry.TaskName} {entry.Category} {entry.ExecutionStatus} '{entry.SkippedMessage}' {took}");
        }
    }

    /// <summary>An exception with all that it holds, the innermost last.</summary>
    public static string Told(Exception? exception) => exception switch
    {
        null => "none",
        AggregateException many => $"{many.GetType().Name}({string.Join(" & ", many.InnerExceptions.Select(Told))})",
        { InnerException: { } inner } => $"{exception.GetType().Name}: {exception.Message} <- {Told(inner)}",
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };

    public override string ToString() => string.Join('\n', _lines);

    [GeneratedRegex(@"\d+:\d\d:\d\d(\.\d+)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\n\s+at .*", RegexOptions.Singleline)]
    private static partial Regex Frames();
}
