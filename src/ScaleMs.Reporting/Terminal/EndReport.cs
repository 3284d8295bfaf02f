using ScaleMs.Core.Events;
using ScaleMs.Core.Planning;
using ScaleMs.Reporting.Files;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>What is told when a run has ended: table, lists with reasons, notices, and one last line.</summary>
/// <param name="options">How.</param>
/// <param name="summary">What the run did.</param>
/// <param name="notices">What the user should know; told again, because the first time may have scrolled away.</param>
internal sealed class EndReport(ConsoleOptions options, RunSummary summary, IReadOnlyList<string> notices)
{
    private const int MostListed = 20;
    private const int MostNamed = 3;

    private readonly Palette _palette = new(options.HasColour);

    // Only a terminal has a width; in a log file lines are whole.
    private readonly int _most = options.Progress == ProgressKind.Live ? options.Size().OrClassic().Columns - 1 : int.MaxValue;

    private RunCounts Counts => summary.Counts;

    private bool IsQuietEnd => summary.Outcome == "done" && Counts is { Executed: 0, Failed: 0, Blocked: 0, Cancelled: 0 };

    /// <summary>The lines, the last one always the outcome.</summary>
    public IEnumerable<string> Lines()
    {
        var lists = options.Verbosity == ReportVerbosity.Quiet ? [] : Lists();
        var told = notices.Select(text => new Line("notice", Ink.Notice, text));
        var taken = options.Verbosity == ReportVerbosity.Verbose ? TakenLine.Of(summary.Steps) : null;
        return [.. Table(), .. lists, .. taken is null ? Array.Empty<string>() : [taken], .. told.Concat(Imported()).Concat(Again()).Select(line => line.Render(_palette)), LastLine()];
    }

    private IEnumerable<string> Table()
    {
        if (IsQuietEnd || summary.Steps.Count == 0 || options.Verbosity == ReportVerbosity.Quiet)
        {
            return [];
        }

        return [string.Empty, .. TaskTable.Of(summary.Steps, _palette, _most), string.Empty];
    }

    private IEnumerable<string> Lists()
    {
        var most = options.Verbosity == ReportVerbosity.Verbose ? int.MaxValue : MostListed;
        var done = summary.Steps.Where(step => step.Outcome is Outcome.Executed or Outcome.Restored);
        var failed = summary.Steps.Where(step => step.Outcome == Outcome.Failed).ToList();
        List<Line> told = options.Verbosity == ReportVerbosity.Verbose ? [.. done.Select(Listed)] : Grouped(done);
        return (told.Count <= most ? told : []).Concat((failed.Count <= most ? failed : []).Select(Listed)).Select(line => line.Render(_palette, _most));
    }

    private static List<Line> Grouped(IEnumerable<StepResult> done) => [.. SettledText.Grouped(done).Select(told => new Line(Verbs.Of(told.Outcome), Verbs.InkOf(told.Outcome), told.Text))];

    /// <summary>However long ago it was, and also when nothing was to be done: nobody verified these.</summary>
    private IEnumerable<Line> Imported()
    {
        var imported = summary.Steps.Where(step => step.ImportedFrom is not null).ToList();
        var names = string.Join(", ", imported.Take(MostNamed).Select(step => step.Id)) + (imported.Count > MostNamed ? ", …" : string.Empty);
        return imported.Count == 0 ? [] : [new Line("imported", Ink.Notice, $"{Human.Count(imported.Count, "result")}, unverified: {names}")];
    }

    private IEnumerable<Line> Again() => summary.Outcome == "interrupted"
        ? [new Line("again", Ink.Notice, "give the same command line: it runs only what is missing")]
        : [];

    private static Line Listed(StepResult step) => new(Verbs.Of(step.Outcome), Verbs.InkOf(step.Outcome), SettledText.Of(step));

    private string LastLine()
    {
        var target = Printable.Of(summary.Target);
        if (!IsQuietEnd)
        {
            var ink = summary.Outcome == "done" ? Ink.Good : Ink.Bad;
            return $"{_palette.Paint(ink, summary.Outcome)}: {target} {Preposition} {Human.Duration(summary.WallSeconds)}{Parts(Verbs.All)}{Saved}{Where}";
        }

        var head = Counts switch
        {
            { UpToDate: 0, Restored: 0, Skipped: 0 } => $"done in {Human.Duration(summary.WallSeconds)}",
            { Restored: > 0 } => $"nothing executed{Parts(Verbs.All)}",
            { UpToDate: 0 } => $"nothing to do{Parts([Outcome.Skipped])}",
            _ => $"everything up to date, {Human.Count(Counts.UpToDate, "step")}{Parts([Outcome.Skipped])}",
        };
        return $"{_palette.Paint(Ink.Good, target)}: {head}{Saved}{Where}";
    }

    private string Preposition => summary.Outcome == "done" ? "in" : "after";

    private string Parts(ReadOnlySpan<Outcome> outcomes)
    {
        var parts = string.Empty;
        foreach (var outcome in outcomes)
        {
            parts += Of(outcome) is > 0 and var count ? FormattableString.Invariant($", {count} {Verbs.Of(outcome)}") : string.Empty;
        }

        return parts;
    }

    private int Of(Outcome outcome) => outcome switch
    {
        Outcome.UpToDate => Counts.UpToDate,
        Outcome.Restored => Counts.Restored,
        Outcome.Executed => Counts.Executed,
        Outcome.Failed => Counts.Failed,
        Outcome.Blocked => Counts.Blocked,
        Outcome.Skipped => Counts.Skipped,
        _ => Counts.Cancelled,
    };

    private string Saved => summary.SavedSeconds is > 0 and var seconds ? $" (saved {Human.Duration(seconds)})" : string.Empty;

    /// <summary>A run that left no folder behind has nothing to point to but the summary that was asked for.</summary>
    private string Where => (options.SummaryFile, WorthKeeping.Is(summary)) switch
    {
        (null, false) => string.Empty,
        (null, true) => $"; summary and logs in {options.RunFolder(summary.Run)}",
        ({ } file, false) => $"; summary in {file}",
        ({ } file, true) => $"; summary in {file}, logs in {options.RunFolder(summary.Run)}",
    };
}
