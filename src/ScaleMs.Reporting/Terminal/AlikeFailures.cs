using ScaleMs.Core.Events;
using ScaleMs.Core.Model;
using ScaleMs.Reporting.Wording;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Failures of many steps for one reason: the first few are told whole, the others as one. All of them are in the event log and the summary.</summary>
/// <remarks>Alike are those of one task whose class, exit code, message and last word of the log differ in numbers and in the step's own name at most.</remarks>
internal sealed class AlikeFailures
{
    private const int MostTold = 3;
    private const int MostNamed = 3;

    /// <summary>Of so many kinds the rest of each is counted; failures of further kinds are told whole.</summary>
    private const int MostKinds = 10_000;

    private readonly Dictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Takes a failure.</summary>
    /// <returns>How it is told: whole, by a line that says that the others will be told together, or not now.</returns>
    public Telling Take(StepResult failed)
    {
        var name = KindOf(failed);
        if (!_kinds.TryGetValue(name, out var kind))
        {
            if (_kinds.Count == MostKinds)
            {
                return Telling.Whole;
            }

            _kinds[name] = kind = new Kind(failed.Id);
        }

        kind.Add(failed.Id);
        return kind.Count <= MostTold ? Telling.Whole : kind.Count == MostTold + 1 ? Telling.Announced : Telling.Later;
    }

    /// <summary>The line by which the others are announced.</summary>
    public Line Announcement(StepResult failed) => new("failed", Ink.Bad, $"{failed.Id}, as {_kinds[KindOf(failed)].First} did; more of this kind are told together at the end");

    /// <summary>What was not told one by one.</summary>
    public IEnumerable<Line> Rest() => _kinds.Values.Where(kind => kind.Count > MostTold).Select(kind => kind.Rest());

    private static string KindOf(StepResult failed)
    {
        var own = failed.Id.ToString();
        var failure = failed.Failure;
        var last = failure?.LogTail?.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? string.Empty;
        return FormattableString.Invariant($"{failed.Id.Task}\n{failure?.Class}\n{failure?.ExitCode}\n") +
            AlikeText.Of((failure?.Message ?? failed.Reason.Text).Replace(own, "…", StringComparison.Ordinal)) + '\n' + AlikeText.Of(last.Replace(own, "…", StringComparison.Ordinal));
    }

    /// <summary>Failures of one reason.</summary>
    /// <param name="first">The first step.</param>
    private sealed class Kind(StepId first)
    {
        private readonly List<StepId> _named = [];

        public StepId First => first;

        public int Count { get; private set; }

        public void Add(StepId step)
        {
            if (++Count > MostTold && _named.Count < MostNamed)
            {
                _named.Add(step);
            }
        }

        public Line Rest()
        {
            var rest = Count - MostTold;
            return new Line("failed", Ink.Bad, FormattableString.Invariant($"{rest} more as {first} did: {string.Join(", ", _named)}{(rest > MostNamed ? ", …" : string.Empty)}"));
        }
    }
}

/// <summary>How a failure is told.</summary>
internal enum Telling
{
    /// <summary>With all that is known of it.</summary>
    Whole,

    /// <summary>By a line, the last one of its kind until the end.</summary>
    Announced,

    /// <summary>With others, at the end.</summary>
    Later,
}
