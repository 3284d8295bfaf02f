using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Remote;

/// <summary>One attempt elsewhere from the sending to the end: what all launchers of wrapped attempts do alike.</summary>
/// <param name="attempts">Who waits for the site's attempts.</param>
/// <param name="staging">Who brings things there and back.</param>
/// <param name="logOf">The log of an attempt there, from the path that its commands write.</param>
internal sealed class RemoteRun(RemoteAttempts attempts, IAttemptStaging staging, Func<string, ILogSource> logOf)
{
    /// <summary>Sends, hands over and waits.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="onLine">Takes the log's lines.</param>
    /// <param name="submit">Hands the attempt over: a wrapper will be started in its root. It may go on telling the attempt what the site says.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>How it ended.</returns>
    internal async Task<LaunchResult> RunAsync(LaunchRequest request, Action<string>? onLine, Func<RemoteAttempt, Task> submit, CancellationToken cancellation)
    {
        if (TroubleOf(request) is { } trouble)
        {
            return new LaunchResult { End = LaunchEnd.NotStarted, IsLasting = true, Message = trouble };
        }

        try
        {
            var place = await staging.SendAsync(request, cancellation).ConfigureAwait(false);
            var attempt = New(request, place, onLine);
            await submit(attempt).ConfigureAwait(false);
            return await attempts.AwaitAsync(attempt, cancellation).ConfigureAwait(false);
        }
        catch (SiteException failure)
        {
            return new LaunchResult { End = LaunchEnd.NeverStarted, Message = failure.Message };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new LaunchResult { End = LaunchEnd.Cancelled };
        }
    }

    /// <summary>Waits for an attempt that an earlier client handed over.</summary>
    /// <param name="request">What was ordered.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="onLine">Takes the log's lines, from the first one.</param>
    /// <param name="found">Gets the attempt, to tell it what the site says.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>How it ended.</returns>
    internal async Task<LaunchResult> TakeOverAsync(LaunchRequest request, AttemptPlace place, Action<string>? onLine, Action<RemoteAttempt> found, CancellationToken cancellation)
    {
        var attempt = New(request, place, onLine);
        found(attempt);
        return await attempts.AwaitAsync(attempt, cancellation).ConfigureAwait(false);
    }

    private RemoteAttempt New(LaunchRequest request, AttemptPlace place, Action<string>? onLine)
    {
        var log = OrderText.LogOf(request, place);
        return new RemoteAttempt(request, place, staging, new LogFollower(logOf(log), request, isCopied: log != request.LogFile, onLine));
    }

    private static string? TroubleOf(LaunchRequest request) => request.Commands.Select(command => StartTrouble.Before(request, command)).FirstOrDefault(trouble => trouble is not null);
}
