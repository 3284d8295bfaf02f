using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Makes a frame of the live area: what runs, then a line with bar, counts and time left. Pure: view and time in, lines out.</summary>
internal static class StatusArea
{
    /// <summary>A run shorter than this shows no area while nothing runs: a null run is over before anyone could read it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int WidestBar = 30;
    private const int NarrowestBar = 8;
    private const int RoomyColumns = 60;

    /// <summary>A frame.</summary>
    /// <param name="view">The run.</param>
    /// <param name="now">The time.</param>
    /// <param name="size">The terminal; every line is shorter than it is wide, and there are at least two lines less than it is high.</param>
    /// <param name="palette">The colours.</param>
    /// <returns>No lines when there is nothing to show, or a plain task has the terminal.</returns>
    public static IReadOnlyList<string> Frame(RunView view, DateTimeOffset now, TerminalSize size, Palette palette)
    {
        var isIdle = view.Running.Count == 0 && now - view.StartedAt < Patience;
        if (isIdle || view.IsFinished || view.Tasks.Count > 0 || size.Rows < 3)
        {
            return [];
        }

        return [.. Steps(view, now, size), Total(view, now, size.Columns - 1, palette)];
    }

    private static IEnumerable<string> Steps(RunView view, DateTimeOffset now, TerminalSize size)
    {
        // One row for the total, one for the line on which the cursor waits.
        var room = size.Rows - 2;
        var isCut = view.Running.Count > room;
        var shown = view.Running.Take(isCut ? Math.Max(0, room - 1) : room).ToList();
        var idWidth = Math.Min(shown.Count == 0 ? 0 : shown.Max(step => Columns.Of(IdOf(step))), Math.Max(8, size.Columns / 2));
        foreach (var step in shown)
        {
            yield return Row(step, now, idWidth, size.Columns - 1);
        }

        if (isCut && room > 0)
        {
            yield return Columns.Fit(FormattableString.Invariant($"  and {view.Running.Count - shown.Count} more running"), size.Columns - 1);
        }
    }

    private static string Row(RunningStep step, DateTimeOffset now, int idWidth, int most)
    {
        var id = Columns.Pad(Columns.FitMiddle(IdOf(step), idWidth), idWidth);
        var parts = new[] { step.Progress is { } progress ? Printable.Of(Human.Progress(progress)) : string.Empty, Rest(step, now) };
        var told = string.Join(", ", parts.Where(part => part.Length > 0));
        // Times stand in a column where there is room for one.
        var age = Human.Duration(step.AgeAt(now)).PadLeft(most < RoomyColumns ? 0 : 10);
        return Columns.Fit($"  {id}  {age}  {told}".TrimEnd(), most);
    }

    private static string IdOf(RunningStep step) => Printable.Of(step.Id.ToString());

    private static string Rest(RunningStep step, DateTimeOffset now) => (step.RestAt(now), step.ExpectedSeconds) switch
    {
        (> 0 and { } rest, _) => $"about {Human.Estimate(rest)} left",
        (_, { } expected) when step.Progress is null => $"took {Human.Duration(expected)} last time",
        _ => string.Empty,
    };

    private static string Total(RunView view, DateTimeOffset now, int most, Palette palette)
    {
        var failed = view.Failed > 0 ? FormattableString.Invariant($", {view.Failed} failed") : string.Empty;
        var resting = view.Resting > 0 ? FormattableString.Invariant($" ({view.Resting} again)") : string.Empty;
        var rest = view.Work.RestAt(now, view.Running) is { } seconds ? $", about {Human.Estimate(seconds)} left" : string.Empty;
        var counts = FormattableString.Invariant($"{view.Settled} done{failed}, {view.Running.Count} running, {view.Left} to go{resting}{rest}");
        var bar = Bar(view, now, most - Columns.Of(counts) - 2);
        var text = Columns.Fit(counts, most - bar.Length);
        return palette.Paint(Ink.Good, bar) + palette.Paint(view.Failed > 0 ? Ink.Bad : Ink.None, text);
    }

    /// <summary>Such as <c>[=====>    ]  45 %  </c>; empty where it would take the room of the counts.</summary>
    private static string Bar(RunView view, DateTimeOffset now, int room)
    {
        var inner = Math.Min(WidestBar, room - 9);
        if (inner < NarrowestBar || view.Work.DoneAt(now, view.Running) is not { } done)
        {
            return string.Empty;
        }

        // 100 % is said by the end alone.
        var percent = (int)Math.Clamp(done * 100, 0, 99);
        var full = Math.Min(inner - 1, inner * percent / 100);
        return FormattableString.Invariant($"[{new string('=', full)}>{new string(' ', inner - full - 1)}] {percent,2} %  ");
    }
}
