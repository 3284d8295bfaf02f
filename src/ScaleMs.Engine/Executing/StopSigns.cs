namespace ScaleMs.Engine.Executing;

/// <summary>What ends the awaiting of an attempt before its time.</summary>
/// <param name="Stop">The run ends, for whatever reason: what runs here is ended, what the next run can take over is not.</param>
/// <param name="Cancel">Somebody said that the step, or the run with everything in it, is to end; then <paramref name="Stop"/> says so too.</param>
internal sealed record StopSigns(CancellationToken Stop, CancellationToken Cancel);
