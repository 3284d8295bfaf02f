using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>One attempt on a host that has slots for it: sent, started, awaited, brought back.</summary>
internal sealed class SshAttempt(LaunchRequest request, Action<string>? onLine, SiteProfile site, RemoteHost host, IAttemptStaging staging, TimeSpan harvest)
{
    private const int MostTries = 3;

    /// <summary>Runs it from the beginning.</summary>
    /// <exception cref="SiteException">It was not begun: it could not be sent.</exception>
    internal async Task<LaunchResult> RunAsync(CancellationToken cancellation)
    {
        var place = await staging.SendAsync(request, cancellation).ConfigureAwait(false);
        if (await BeginAsync(place, cancellation).ConfigureAwait(false) is { } result)
        {
            return result;
        }

        File.Delete(place.Here(AttemptFiles.Submitted));
        await place.Unsent!.SendAsync(cancellation).ConfigureAwait(false);
        return (await BeginAsync(place with { Unsent = null }, cancellation).ConfigureAwait(false))!;
    }

    /// <summary>The note is there before the host can know of the attempt.</summary>
    /// <returns>Null where it is to be sent in another way.</returns>
    private Task<LaunchResult?> BeginAsync(AttemptPlace place, CancellationToken cancellation)
    {
        new Submission(SshLauncher.Kind, site.Name, $"{host.Destination} {place.RemoteRoot}").Write(place.LocalRoot);
        return AwaitAsync(place, host.StartAsync, cancellation);
    }

    /// <summary>Awaits one that an earlier client sent.</summary>
    internal async Task<LaunchResult> TakeOverAsync(string remoteRoot, CancellationToken cancellation)
    {
        var place = new AttemptPlace(Path.GetDirectoryName(request.Directory)!, remoteRoot);
        var isCancelled = File.Exists(place.Here(AttemptFiles.Cancel));
        if (isCancelled && !File.Exists(place.Here(AttemptFiles.Result)))
        {
            return await CancelLateAsync(place).ConfigureAwait(false);
        }

        var result = (await AwaitAsync(place, FindAsync, cancellation).ConfigureAwait(false))!;
        return isCancelled && result is { End: LaunchEnd.Cancelled, IsLeft: false } && !cancellation.IsCancellationRequested
            ? result with { End = LaunchEnd.NodeLost, Message = $"it was cancelled while host '{host.Destination}' was away" }
            : result;
    }

    /// <summary>An earlier client was told to end it and could not tell the host.</summary>
    private async Task<LaunchResult> CancelLateAsync(AttemptPlace place)
    {
        var nobody = new LogFollower(new FileLogSource(request.LogFile), request, isCopied: false, onLine: null);
        await host.AbandonAsync(new NodeAttempt(host.NextNumber(), request, place.RemoteRoot, nobody, null) { IsThereAlone = place.RemoteRoot != place.LocalRoot }).ConfigureAwait(false);
        return WithoutResult(LaunchEnd.NodeLost, $"it was cancelled while host '{host.Destination}' was away; what runs there is ended now, or when it is back");
    }

    /// <summary>What has ended and is all here needs no host.</summary>
    private async Task FindAsync(NodeAttempt attempt)
    {
        var result = Path.Combine(Path.GetDirectoryName(request.Directory)!, AttemptFiles.Result);
        if (File.Exists(result))
        {
            attempt.End(new NodeEnd(await File.ReadAllTextAsync(result).ConfigureAwait(false)));
            return;
        }

        await host.TakeOverAsync(attempt).ConfigureAwait(false);
    }

    private async Task<LaunchResult?> AwaitAsync(AttemptPlace place, Func<NodeAttempt, Task> begin, CancellationToken cancellation)
    {
        var log = OrderText.LogOf(request, AttemptPlace.Shared(request.Directory));
        var spool = site.IsShared || File.Exists(place.Here(AttemptFiles.Result)) ? null : new LogSpool(log);
        var follower = new LogFollower(new FileLogSource(log), request, isCopied: false, onLine);
        var attempt = new NodeAttempt(host.NextNumber(), request, place.RemoteRoot, follower, spool) { IsThereAlone = place.RemoteRoot != place.LocalRoot, Unsent = place.Unsent?.Shell };
        try
        {
            await begin(attempt).ConfigureAwait(false);
            var end = await EndAsync(attempt, cancellation).ConfigureAwait(false);
            if (end.IsUnsent)
            {
                return null;
            }

            spool?.Seal();
            var result = end.Result is null ? WithoutResult(end.Without, end.Message) : await HarvestAsync(place, end.Result, attempt.Brought, cancellation).ConfigureAwait(false);
            await attempt.FinishLogAsync().ConfigureAwait(false);
            await RemoveAsync(place, end, result).ConfigureAwait(false);
            return end.IsUntold ? LeaveCancelled(place, result) : EndNote(place, result);
        }
        finally
        {
            host.Forget(attempt);
            EndRawLog(place);
            EndOrder(place, attempt);
        }
    }

    private async Task<NodeEnd> EndAsync(NodeAttempt attempt, CancellationToken cancellation)
    {
        await using var stop = cancellation.Register(() => _ = host.StopAsync(attempt)).ConfigureAwait(false);
        return await attempt.Ended.ConfigureAwait(false);
    }

    /// <summary>What has ended is brought back though the run is cancelled, or else found again by the next one.</summary>
    private async Task<LaunchResult> HarvestAsync(AttemptPlace place, string text, BroughtFiles brought, CancellationToken cancellation)
    {
        using var time = new HarvestTime(harvest, cancellation);
        try
        {
            return await TryHarvestAsync(place, text, brought, time.Over).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.Over.IsCancellationRequested)
        {
            var isLeft = AttemptResult.Read(text) is not { End: LaunchEnd.Cancelled };
            return WithoutResult(LaunchEnd.Cancelled, isLeft ? $"it ended on host '{host.Destination}', and the next run brings back what it left" : string.Empty) with { IsLeft = isLeft };
        }
    }

    /// <summary>What ended well is not lost because the way to its outputs broke.</summary>
    private async Task<LaunchResult> TryHarvestAsync(AttemptPlace place, string text, BroughtFiles brought, CancellationToken cancellation)
    {
        SiteException? trouble = null;
        for (var tries = 0; tries < MostTries && (tries == 0 || await host.AwaitUpAsync(cancellation).ConfigureAwait(false)); tries++)
        {
            try
            {
                return await TakeAsync(place, text, brought, cancellation).ConfigureAwait(false);
            }
            catch (SiteException exception)
            {
                trouble = exception;
                if (!exception.IsPassing)
                {
                    break;
                }
            }
        }

        return WithoutResult(LaunchEnd.NodeLost, $"it ended on host '{host.Destination}', and what it left could not be had: {trouble!.Message}");
    }

    private async Task<LaunchResult> TakeAsync(AttemptPlace place, string text, BroughtFiles brought, CancellationToken cancellation)
    {
        var whole = text.Length > 0 ? text : await ReadResultAsync(place, cancellation).ConfigureAwait(false);
        if (AttemptResult.Read(whole, out var problem) is not { } result || (problem = result.ProblemFor(request) ?? string.Empty).Length > 0)
        {
            return WithoutResult(LaunchEnd.NodeLost, $"the result that host '{host.Destination}' tells is not believed: it {problem}");
        }

        await staging.BringBackAsync(request, place, result with { Brought = brought }, cancellation).ConfigureAwait(false);
        Keep(place, whole);
        return result.ToLaunchResult();
    }

    private async Task<string> ReadResultAsync(AttemptPlace place, CancellationToken cancellation)
    {
        var answer = await host.Shell.RunAsync($"cat -- {ShellWord.Of(place.There(AttemptFiles.Result))}", null, cancellation).ConfigureAwait(false);
        return answer.ExitCode == 0 ? answer.Output : throw new SiteException($"its result cannot be read: {answer.Trouble}");
    }

    /// <summary>What is removed there is found again here, should this client be killed before the result is recorded.</summary>
    private static void Keep(AttemptPlace place, string text)
    {
        if (place.RemoteRoot != place.LocalRoot)
        {
            OwnFile.Write(place.Here(AttemptFiles.Result), text);
        }
    }

    /// <summary>What has ended there, or never began, is needed no more: it was taken, or is made again. Where neither is known, the host sees to it.</summary>
    private async Task RemoveAsync(AttemptPlace place, NodeEnd end, LaunchResult result)
    {
        if (place.RemoteRoot != place.LocalRoot && !result.IsLeft && (end.Result is not null || end.Without == LaunchEnd.NeverStarted))
        {
            await host.DropAsync(place.RemoteRoot).ConfigureAwait(false);
        }
    }

    /// <summary>Its note stays, with a sign beside it for the next run, and for the wrapper where it sees the sign.</summary>
    private static LaunchResult LeaveCancelled(AttemptPlace place, LaunchResult result)
    {
        File.WriteAllBytes(place.Here(AttemptFiles.Cancel), []);
        return result with { IsLeft = true };
    }

    /// <summary>Nobody awaits an attempt that was cancelled: it is made again.</summary>
    private static LaunchResult EndNote(AttemptPlace place, LaunchResult result)
    {
        if (result is { End: LaunchEnd.Cancelled, IsLeft: false })
        {
            File.Delete(place.Here(AttemptFiles.Submitted));
        }

        return result;
    }

    /// <summary>The host has emptied them, or never began: what is here as well is removed.</summary>
    private void EndOrder(AttemptPlace place, NodeAttempt attempt)
    {
        if (place.RemoteRoot != place.LocalRoot || attempt.Ended is not { IsCompletedSuccessfully: true, Result: { Result: not null } or { Without: LaunchEnd.NeverStarted } })
        {
            return;
        }

        File.Delete(place.Here(AttemptFiles.Order));
        for (var i = 0; i < request.Commands.Count; i++)
        {
            File.Delete(place.Here(AttemptFiles.Input(i)));
        }
    }

    private void EndRawLog(AttemptPlace place)
    {
        if (request.LogFilter is not null)
        {
            File.Delete(place.Here(AttemptFiles.RawLog));
        }
    }

    private LaunchResult WithoutResult(LaunchEnd end, string message) => new() { End = end, Message = message, Host = host.Destination };
}
