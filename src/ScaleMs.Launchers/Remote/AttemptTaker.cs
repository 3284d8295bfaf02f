using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Remote;

/// <summary>Takes what attempts that have ended left: the result, the log, the outputs. A few at a time.</summary>
internal sealed class AttemptTaker(IAttemptView view, RemoteTiming timing)
{
    private readonly SemaphoreSlim _places = new(timing.AtATime);

    /// <summary>Takes it to the end, or leaves it for another look.</summary>
    internal async Task TakeAsync(RemoteAttempt attempt, TimeSpan now)
    {
        await _places.WaitAsync().ConfigureAwait(false);
        try
        {
            await TryAsync(attempt, now).ConfigureAwait(false);
        }
        catch (Exception trouble)
        {
            attempt.Fail(trouble); // the listener threw, or this machine cannot write the log
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task TryAsync(RemoteAttempt attempt, TimeSpan now)
    {
        try
        {
            var text = await view.ReadResultAsync(attempt.Place.RemoteRoot, CancellationToken.None).ConfigureAwait(false);
            var result = AttemptResult.Read(text, out var problem);
            if ((result is null ? problem : result.ProblemFor(attempt.Request)) is { } alien)
            {
                throw new SiteException($"the node's {AttemptFiles.Result} {alien}: nothing of the attempt is taken", isPassing: true);
            }

            await TakeAsync(attempt, result!, text).ConfigureAwait(false);
        }
        catch (SiteException trouble)
        {
            if (trouble.IsPassing && !attempt.Patience.IsOver("taking", timing.FileDelay, now))
            {
                attempt.IsTaken = false;
                attempt.Nudge();
                return;
            }

            attempt.End(new LaunchResult { End = LaunchEnd.NodeLost, Message = trouble.Message });
        }
    }

    private async Task TakeAsync(RemoteAttempt attempt, AttemptResult result, string text)
    {
        await FinishLogAsync(attempt, result.LogBytes).ConfigureAwait(false);
        await attempt.Staging.BringBackAsync(attempt.Request, attempt.Place, result, CancellationToken.None).ConfigureAwait(false);
        Keep(attempt.Place, text);
        attempt.End(result.ToLaunchResult());
        await TidyAsync(attempt).ConfigureAwait(false);
    }

    private async Task FinishLogAsync(RemoteAttempt attempt, long bytes)
    {
        await attempt.LogTurn.WaitAsync().ConfigureAwait(false);
        try
        {
            await attempt.Log.FinishAsync(bytes, timing.FileDelay, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            attempt.LogTurn.Release();
        }
    }

    /// <summary>What is removed at the site is found again here, should this client be killed before the result is recorded.</summary>
    private static void Keep(AttemptPlace place, string text)
    {
        if (place.LocalRoot != place.RemoteRoot)
        {
            OwnFile.Write(place.Here(AttemptFiles.Result), text);
        }
    }

    private async Task TidyAsync(RemoteAttempt attempt)
    {
        try
        {
            await attempt.Staging.RemoveAsync(attempt.Place, CancellationToken.None).ConfigureAwait(false);
            await view.HushAsync([attempt.Place.RemoteRoot], CancellationToken.None).ConfigureAwait(false);
        }
        catch (SiteException)
        {
            // What is left there is scratch; the attempt has ended all the same.
        }
    }
}
