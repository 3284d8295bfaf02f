using System.Diagnostics;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Local;

/// <summary>Tells whether an attempt has to end before its commands do. Its clock starts when it is made.</summary>
internal sealed class StopSign(TimeSpan? limit, CancellationToken cancellation)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Cancels the pauses of a loop that looks at <see cref="Reason"/>.</summary>
    internal CancellationToken Cancellation => cancellation;

    /// <summary>The time since the attempt started.</summary>
    internal TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>Why to stop; null to go on.</summary>
    internal LaunchEnd? Reason => cancellation.IsCancellationRequested ? LaunchEnd.Cancelled : Elapsed >= limit ? LaunchEnd.TimedOut : null;

    /// <summary>A pause that does not miss the time limit.</summary>
    internal TimeSpan AtMost(TimeSpan pause)
    {
        var left = limit - Elapsed;
        return left is null || left > pause ? pause : left > TimeSpan.Zero ? left.Value : TimeSpan.Zero;
    }
}
