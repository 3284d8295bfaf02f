using System.Collections;

namespace ScaleMs.Core.Records;

/// <summary>A list of the one attempt that succeeded at once, as nearly all do: a third as large as the attempt itself.</summary>
internal sealed class SoleAttempt : IReadOnlyList<AttemptRecord>
{
    private const string Done = "done";
    private readonly long _startedTicks;
    private readonly double _wallSeconds;

    private SoleAttempt(AttemptRecord attempt) => (_startedTicks, _wallSeconds) = (attempt.StartedAt.UtcTicks, attempt.WallSeconds);

    public int Count => 1;

    public AttemptRecord this[int index] => index == 0 ? Attempt : throw new ArgumentOutOfRangeException(nameof(index));

    private AttemptRecord Attempt => new(1, new DateTimeOffset(_startedTicks, TimeSpan.Zero), _wallSeconds, Done);

    /// <summary>The same attempts in the least memory.</summary>
    public static IReadOnlyList<AttemptRecord> Or(IReadOnlyList<AttemptRecord> attempts) =>
        attempts is [{ StartedAt.Offset.Ticks: 0 } attempt] and not SoleAttempt && attempt == new AttemptRecord(1, attempt.StartedAt, attempt.WallSeconds, Done) ? new SoleAttempt(attempt) : attempts;

    public IEnumerator<AttemptRecord> GetEnumerator()
    {
        yield return Attempt;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
