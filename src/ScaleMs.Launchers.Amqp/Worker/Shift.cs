using System.Globalization;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>How long a worker works: until its place is taken away, and not idle for longer than it may.</summary>
/// <remarks>What an action may take is part of its class, so a worker with little time left takes from fewer queues, and nothing is handed back and forth.</remarks>
internal sealed class Shift(FarmWorkerOptions options)
{
    private const double MostSeconds = 1e9;

    private readonly DateTimeOffset _startedAt = TimeProvider.System.GetUtcNow();
    private DateTimeOffset _busyAt = TimeProvider.System.GetUtcNow();

    /// <summary>The last instant at which something may run: what it left is still to be stored.</summary>
    private DateTimeOffset? End => options.Until - options.Reserve;

    /// <summary>Why a class would not fit even at the beginning; null when it would, or when the worker has no end.</summary>
    internal string? WhyNever(ResourceClass asked) => End - _startedAt < Time(asked)
        ? string.Create(CultureInfo.InvariantCulture, $"it may take {Time(asked):c}, and this worker was there for {Whole(End - _startedAt):c}")
        : null;

    internal bool HasTimeFor(ResourceClass asked, DateTimeOffset now) => !(End - now < Time(asked));

    /// <summary>Whether an action that runs is to end now, so that its grace is over in time.</summary>
    internal bool IsOverFor(ActionMessage message, DateTimeOffset now) => End - now <= Time(message.GraceSeconds);

    /// <summary>Whether nothing more is to be taken; null while it is.</summary>
    internal string? WhyToDrain(bool isIdle, DateTimeOffset now)
    {
        _busyAt = isIdle ? _busyAt : now;
        return End <= now ? "its time is up"
            : now - _busyAt >= options.Idle ? string.Create(CultureInfo.InvariantCulture, $"it had nothing to do for {options.Idle:c}")
            : null;
    }

    private static TimeSpan Time(ResourceClass asked) => Time(asked.TimeSeconds);

    /// <summary>Messages may say anything.</summary>
    private static TimeSpan Time(double seconds) => TimeSpan.FromSeconds(Math.Clamp(double.IsFinite(seconds) ? seconds : 0, 0, MostSeconds));

    private static TimeSpan? Whole(TimeSpan? time) => time is { } known ? TimeSpan.FromSeconds(Math.Max(0, Math.Floor(known.TotalSeconds))) : null;
}
