using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Client;

/// <content>What a dead client left, and what nobody knows of any more.</content>
internal sealed partial class FarmClient
{
    /// <summary>Hears a dead client's results.</summary>
    /// <returns>False when the queue that they would come to is gone: then whoever waited for one has been told that it is lost.</returns>
    internal async Task<bool> AdoptAsync(string queue, CancellationToken cancellation)
    {
        var adopting = _adopted.GetOrAdd(queue, _ => new Lazy<Task<bool>>(() => queue == ReplyQueue ? Task.FromResult(true) : AdoptAsync(queue)));
        var isThere = await adopting.Value.WaitAsync(cancellation).ConfigureAwait(false);
        if (!isThere)
        {
            await LoseAsync(ActionsOf(queue), WithoutReplies).ConfigureAwait(false);
        }

        return isThere;
    }

    /// <summary>Until it is heard, or known to be gone.</summary>
    private async Task<bool> AdoptAsync(string queue)
    {
        while (true)
        {
            var session = await _link.SessionAsync(_closing.Token).ConfigureAwait(false);
            try
            {
                var isThere = await HearAdoptedAsync(session, queue).ConfigureAwait(false);
                if (!session.Lost.IsCancellationRequested)
                {
                    return isThere;
                }
            }
            catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !_closing.IsCancellationRequested)
            {
                await session.LoseAsync(trouble.Message).ConfigureAwait(false);
            }

            await Task.Delay(200, _closing.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Never declared here: a queue that is made anew would get nothing.</summary>
    private async Task<bool> HearAdoptedAsync(BrokerSession session, string queue)
    {
        if (await session.FindAsync(queue, session.Lost).ConfigureAwait(false) is null)
        {
            return false;
        }

        await HearRepliesAsync(session, queue, 0).ConfigureAwait(false);
        return true;
    }

    private bool IsHeard(KeyValuePair<string, Lazy<Task<bool>>> adopted) =>
        adopted.Key != ReplyQueue && adopted.Value is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: true } };

    private List<PendingAction> ActionsOf(string queue) => [.. _pending.Values.Where(action => action.ReplyTo == queue && action.Silence is not null)];

    /// <summary>Nothing was heard while there was no session.</summary>
    private void SeeAll()
    {
        foreach (var action in _pending.Values.Where(action => action.Silence is not null))
        {
            action.IsSeen();
        }
    }

    /// <summary>Ends them, and tells workers, for one of them may have an action yet.</summary>
    private async Task LoseAsync(IReadOnlyList<PendingAction> lost, string why)
    {
        EndLost(lost, why);
        if (lost.Count > 0)
        {
            await CancelAsync([.. lost.Select(action => action.Id)], _closing.Token).ConfigureAwait(false);
        }
    }

    private void EndLost(IEnumerable<PendingAction> lost, string why)
    {
        foreach (var action in lost.Where(action => _pending.TryRemove(KeyValuePair.Create(action.Id, action))))
        {
            Forget(action);
            action.End(new ResultMessage { Id = action.Id, End = Core.Ports.LaunchEnd.NodeLost, Message = $"farm '{Names.Farm}' knows nothing of it any more: {why}" });
        }
    }

    /// <summary>One that stays costs the next client a look: the attempt ends all the same.</summary>
    private void Forget(PendingAction action)
    {
        try
        {
            action.Journal.Forget();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            _options.Notice($"what is noted of attempt {Brief(action.Id)} cannot be removed: {trouble.Message}");
        }
    }

    private async Task SearchAsync()
    {
        var session = await _link.SessionAsync(_closing.Token).ConfigureAwait(false);
        try
        {
            await LoseAsync(await _search.LookAsync(session, _pending.Values).ConfigureAwait(false), Nowhere).ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) && !_closing.IsCancellationRequested)
        {
            await session.LoseAsync(trouble.Message).ConfigureAwait(false);
        }
    }

    private void EndWhatNobodyFits()
    {
        var since = TimeProvider.System.GetUtcNow() - _options.NoFitPatience;
        foreach (var group in _pending.Values.Where(action => !action.HasBegun && action.Since < since).GroupBy(action => action.ClassName, StringComparer.Ordinal))
        {
            if (View.WhyNobodyFits(group.Key) is not { } reasons)
            {
                continue;
            }

            foreach (var action in group.Where(action => _pending.TryRemove(KeyValuePair.Create(action.Id, action))))
            {
                action.End(new ResultMessage { Id = action.Id, End = Core.Ports.LaunchEnd.NotStarted, IsLasting = true, Message = $"no worker of farm '{Names.Farm}' can take it: {reasons}" });
            }
        }
    }
}
