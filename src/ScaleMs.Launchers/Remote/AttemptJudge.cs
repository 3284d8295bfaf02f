using System.Globalization;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Decides what a look at an attempt means.</summary>
internal sealed class AttemptJudge(IAttemptView view, RemoteTiming timing, TimeProvider time)
{
    private readonly AttemptTaker _taker = new(view, timing);
    private readonly long _start = time.GetTimestamp();

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Takes a look into account.</summary>
    /// <returns>Whether it is to be looked at again with the next tick.</returns>
    internal async Task<bool> JudgeAsync(RemoteAttempt attempt, AttemptSight sight)
    {
        if (attempt.IsTaken || attempt.IsEnded)
        {
            return false;
        }

        attempt.Silence.Look(sight.Heartbeat, Now, timing.Look);
        if (sight.HasResult)
        {
            attempt.IsTaken = true;
            _ = Task.Run(() => _taker.TakeAsync(attempt, Now));
            return false;
        }

        return attempt.IsCancelled ? await CancelledAsync(attempt, sight).ConfigureAwait(false)
            : attempt.Gone is { } word ? await GoneAsync(attempt, word).ConfigureAwait(false)
            : await ThereAsync(attempt, sight).ConfigureAwait(false);
    }

    /// <summary>What no wrapper has is taken from all of them; else its wrapper is asked, and may take the grace and the file delay.</summary>
    private async Task<bool> CancelledAsync(RemoteAttempt attempt, AttemptSight sight)
    {
        var isOver = attempt.Patience.IsOver("cancelled", attempt.Request.Grace + timing.FileDelay, Now);
        if (!sight.IsClaimed && await IsOursAsync(attempt).ConfigureAwait(false))
        {
            attempt.End(new LaunchResult { End = LaunchEnd.Cancelled });
        }
        else if (isOver)
        {
            attempt.End(new LaunchResult { End = LaunchEnd.Cancelled, Message = "the node did not tell that it ended the attempt" });
        }
        else
        {
            await view.CancelAsync([attempt.Place.RemoteRoot], CancellationToken.None).ConfigureAwait(false);
        }

        return !attempt.IsEnded;
    }

    private async Task<bool> GoneAsync(RemoteAttempt attempt, GoneWord word)
    {
        if (!attempt.Patience.IsOver("gone", timing.FileDelay, Now))
        {
            return true;
        }

        var hasNotBegun = await IsOursAsync(attempt).ConfigureAwait(false);
        attempt.End(new LaunchResult
        {
            End = hasNotBegun && word.End is not (LaunchEnd.Cancelled or LaunchEnd.NotStarted) ? LaunchEnd.NeverStarted : word.End,
            Message = hasNotBegun ? word.Message : Seconds($"{word.Message}; it left no result within {timing.FileDelay.TotalSeconds:0.#} s"),
        });
        return false;
    }

    private async Task<bool> ThereAsync(RemoteAttempt attempt, AttemptSight sight)
    {
        if (!sight.IsClaimed)
        {
            return await UnclaimedAsync(attempt).ConfigureAwait(false);
        }

        if (attempt.Silence.Length >= timing.Silence)
        {
            // Should it live after all, it ends itself when it sees this.
            await view.CancelAsync([attempt.Place.RemoteRoot], CancellationToken.None).ConfigureAwait(false);
            attempt.End(new LaunchResult { End = LaunchEnd.NodeLost, Message = Seconds($"the node gave no sign of life for {timing.Silence.TotalSeconds:0.#} s") });
        }

        return false;
    }

    private async Task<bool> UnclaimedAsync(RemoteAttempt attempt)
    {
        if (timing.NeverStarts is { } limit && attempt.Patience.IsOver("unclaimed", limit, Now) && await IsOursAsync(attempt).ConfigureAwait(false))
        {
            attempt.End(new LaunchResult { End = LaunchEnd.NeverStarted, Message = Seconds($"no wrapper took it within {limit.TotalSeconds:0.#} s") });
        }

        return false;
    }

    private Task<bool> IsOursAsync(RemoteAttempt attempt) => view.ClaimAsync(attempt.Place.RemoteRoot, CancellationToken.None);

    private static string Seconds(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
