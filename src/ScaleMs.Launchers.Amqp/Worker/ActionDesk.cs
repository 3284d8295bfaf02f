using System.Collections.Concurrent;
using RabbitMQ.Client;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Broker;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>The life of each action at this worker: taken, staged, run, answered, acknowledged; or given back, cancelled, fenced, poisoned.</summary>
internal sealed class ActionDesk(FarmWorkerOptions options, string worker, FarmNames names, WorkPlace place, Slots slots, Shift shift, WorkerTools tools, Func<BrokerLink> link)
{
    private static readonly TimeSpan TellAfter = TimeSpan.FromMilliseconds(300);

    private const string PieceMilliseconds = "10000";

    private readonly ConcurrentDictionary<string, TakenAction> _taken = new(StringComparer.Ordinal);
    private readonly FinishedIds _finished = new();

    private LogPieces Pieces => field ??= new LogPieces(place.LogOf, (action, piece, at) => SignAsync(action, piece, at));

    internal WorkerTally Tally { get; } = new();

    internal IEnumerable<TakenAction> Taken => _taken.Values;

    /// <summary>Whether nothing begins any more.</summary>
    internal bool IsDraining { get; set; }

    internal bool IsEmpty => _taken.IsEmpty;

    /// <summary>Takes what the broker hands out: new, or known because it was held or the connection is another.</summary>
    internal async Task TakeAsync(Delivery delivery, byte[] body, string queue, IReadOnlyBasicProperties properties, bool isRedelivered, bool isHeld)
    {
        var read = Wire.Action(body);
        if (read.Message is not { } message)
        {
            await RefuseAsync(delivery, body, properties, read.Problem).ConfigureAwait(false);
        }
        else if (_taken.TryGetValue(message.Id, out var leaving) && leaving.IsLeaving)
        {
            _ = AfterAsync(leaving, delivery.Session, () => TakeAsync(delivery, body, queue, properties, isRedelivered, isHeld));
        }
        else if (_taken.TryGetValue(message.Id, out var known))
        {
            await (known.Answer(delivery)?.AcknowledgeAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        else if (_finished.Has(message.Id) || (isHeld && _finished.Has(GivenBack(message.Id))))
        {
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
        else if (isHeld)
        {
            // It was ended here because the lease was lost, and nobody else has it yet.
            await SendBackAsync(message, body, queue, properties).ConfigureAwait(false);
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
        else
        {
            await BeginAsync(message, delivery, body, queue, properties, isRedelivered).ConfigureAwait(false);
        }
    }

    /// <summary>The copy that is sent back comes here before the broker has confirmed it, and this worker has room for it: it is another action then.</summary>
    private static async Task AfterAsync(TakenAction leaving, BrokerSession session, Func<Task> take)
    {
        await leaving.Gone.ConfigureAwait(false);
        try
        {
            await take().ConfigureAwait(false);
        }
        catch (Exception trouble) when (BrokerTrouble.IsOne(trouble) || trouble is BrokerException)
        {
            await session.LoseAsync(trouble.Message).ConfigureAwait(false);
        }
    }

    internal void Cancel(string id)
    {
        if (_taken.TryGetValue(id, out var action))
        {
            action.End(TakenEnd.Cancelled);
        }
    }

    /// <summary>A client listens to what it prints.</summary>
    internal void Follow(string id, long from)
    {
        if (_taken.TryGetValue(id, out var action))
        {
            LogPieces.Follow(action, from);
        }
    }

    /// <summary>Tells a client that looks for it that it is here.</summary>
    internal void Tell(string id)
    {
        if (_taken.TryGetValue(id, out var action))
        {
            _ = TellAsync(action);
        }
    }

    /// <summary>Ends what was held and did not come again in the new session: others have it.</summary>
    internal void EndWhatIsLost(BrokerSession session) =>
        EndAll(TakenEnd.Fenced, action => action.HeldAt is not null && !action.IsHolding && !ReferenceEquals(action.Delivery?.Session, session));

    internal void EndAll(TakenEnd why, Func<TakenAction, bool> which)
    {
        foreach (var action in _taken.Values.Where(which))
        {
            action.End(why);
        }
    }

    /// <summary>What time asks for: signs that actions have begun, leases that are renewed, actions that waited too long.</summary>
    internal void Look(DateTimeOffset now)
    {
        Pieces.Look(_taken.Values, now);
        foreach (var action in _taken.Values)
        {
            if (!action.WasTold && action.BegunAt is { } begun && now - begun > TellAfter)
            {
                action.WasTold = true;
                _ = TellAsync(action);
            }

            if (!action.IsHolding && now - (action.HeldAt ?? action.TakenAt + options.HoldAfter - (options.Lease / 2)) > options.Lease / 2)
            {
                _ = HoldAsync(action);
            }

            LookAtTime(action, now);
        }
    }

    private void LookAtTime(TakenAction action, DateTimeOffset now)
    {
        if (action.BegunAt is null && (now - action.StagedAt > options.GiveBackAfter || !shift.HasTimeFor(action.Message.Class, now)))
        {
            action.End(TakenEnd.GivenBack);
        }
        else if (action.BegunAt is not null && shift.IsOverFor(action.Message, now))
        {
            action.End(TakenEnd.TimeIsUp);
        }
    }

    private async Task BeginAsync(ActionMessage message, Delivery delivery, byte[] body, string queue, IReadOnlyBasicProperties properties, bool isRedelivered)
    {
        var losses = ActionProperties.AllLosses(properties, isRedelivered);
        if (losses > options.MostLosses || slots.WhyNever(message.Class) is not null)
        {
            await PoisonAsync(message, delivery, body, losses).ConfigureAwait(false);
            return;
        }

        var action = new TakenAction(message, body, queue, ActionProperties.Priority(properties), losses);
        action.Answer(delivery);
        _taken[message.Id] = action;
        _finished.Remove(GivenBack(message.Id));
        var isCounted = losses == ActionProperties.RecordedLosses(properties);
        _ = Task.Run(() => LiveAsync(action, isCounted));
    }

    private async Task LiveAsync(TakenAction action, bool isCounted)
    {
        var execution = new ActionExecution(options.Launcher, place, tools, worker, action.Message);
        try
        {
            if (!isCounted)
            {
                await HoldAsync(action).ConfigureAwait(false); // the count must survive this worker too
            }

            var result = await ResultAsync(action, execution).ConfigureAwait(false);
            action.HasEnded = true;
            await (result is null ? LeaveAsync(action) : AnswerAsync(action, result)).ConfigureAwait(false);
        }
        catch (Exception bug)
        {
            // Nobody awaits this: what it threw would be lost, and the action with it. Given back, it would do the same elsewhere.
            action.HasEnded = true;
            options.Notice($"attempt {action.Message.Id} of {action.Message.Step} failed: {bug}");
            await AnswerAsync(action, execution.Trouble(LaunchEnd.NotStarted, $"worker '{worker}' cannot do it: {bug.Message}") with { IsLasting = true }).ConfigureAwait(false);
        }
        finally
        {
            action.IsGone();
        }
    }

    /// <summary>Executes it.</summary>
    /// <returns>Null when others are to have it.</returns>
    private async Task<ResultMessage?> ResultAsync(TakenAction action, ActionExecution execution)
    {
        try
        {
            await execution.StageAsync(action.Ending).ConfigureAwait(false);
            action.StagedAt = TimeProvider.System.GetUtcNow();
            using var grant = await slots.TakeAsync(action.Message.Class, action.Ending).ConfigureAwait(false);
            if (IsDraining)
            {
                action.End(TakenEnd.GivenBack);
            }

            LookAtTime(action, TimeProvider.System.GetUtcNow());
            action.Ending.ThrowIfCancellationRequested();
            action.BegunAt = TimeProvider.System.GetUtcNow();
            var result = await execution.RunAsync(grant.Devices, action.Ending, action.Abandoned).ConfigureAwait(false);
            Tally.AddBusy(result.WallSeconds);
            return await IsOfTheSiteAsync(action, result).ConfigureAwait(false)
                ? result with { End = LaunchEnd.Preempted, Message = $"worker '{worker}' had to go: its time was up, or its place was taken away" }
                : result;
        }
        catch (OperationCanceledException) when (action.WhyEnded != TakenEnd.None)
        {
            return action.WhyEnded == TakenEnd.Cancelled ? execution.Trouble(LaunchEnd.Cancelled, string.Empty) : null;
        }
        catch (Exception trouble) when (ActionExecution.IsFileTrouble(trouble))
        {
            return execution.Trouble(LaunchEnd.NodeLost, $"worker '{worker}' could not do it: {trouble.Message}");
        }
    }

    /// <summary>A scheduler that takes a machine away signals steps and worker alike: what looks like a step's failure is none when the signal comes here, too.</summary>
    private async Task<bool> IsOfTheSiteAsync(TakenAction action, ResultMessage result)
    {
        if (result.End is not (LaunchEnd.Exited or LaunchEnd.Cancelled) || (result.End == LaunchEnd.Exited && action.Message.AllowedExitCodes.Contains(result.ExitCode)))
        {
            return false;
        }

        if (options.IsInAllocation && action.WhyEnded == TakenEnd.None)
        {
            await Task.Delay(options.SignalPatience, action.Ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        action.Abandoned.ThrowIfCancellationRequested();
        return action.WhyEnded == TakenEnd.TimeIsUp;
    }

    /// <summary>The result is stored when the broker has confirmed it; only then the action is done with.</summary>
    private async Task AnswerAsync(TakenAction action, ResultMessage result)
    {
        if (!await ReplyAsync(action.Message.ReplyTo, result, action.Fenced).ConfigureAwait(false))
        {
            await LeaveAsync(action).ConfigureAwait(false);
            return;
        }

        Count(result);
        _finished.Add(action.Message.Id);
        await DropAsync(action).ConfigureAwait(false);
        place.Remove(action.Message);
    }

    /// <summary>Sends a reply, unless the worker is fenced while it tries.</summary>
    private async Task<bool> ReplyAsync(string queue, ResultMessage result, CancellationToken fenced)
    {
        try
        {
            var body = Wire.Bytes(result);
            var properties = new BasicProperties { Persistent = !result.HasOnlyBegun, CorrelationId = result.Id, Type = Wire.Version };
            if (result.Piece is not null)
            {
                properties.Expiration = PieceMilliseconds; // nobody has use for old ones
            }

            if (!await link().PublishAsync(string.Empty, queue, properties, body, isMandatory: true, fenced).ConfigureAwait(false))
            {
                options.Notice($"nobody takes the result of attempt {result.Id} any more");
                Cancel(result.Id);
            }

            return true;
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or BrokerException)
        {
            return false;
        }
    }

    /// <summary>Others are to have it: it is sent again, or comes to them by itself when the session is gone.</summary>
    private async Task LeaveAsync(TakenAction action)
    {
        place.Remove(action.Message); // first: when it comes again it has this folder again
        if (action.WhyEnded == TakenEnd.Fenced)
        {
            Interlocked.Increment(ref Tally.Fenced);
        }
        else
        {
            Interlocked.Increment(ref Tally.GivenBack);
            await GiveBackAsync(action).ConfigureAwait(false);
        }

        await DropAsync(action).ConfigureAwait(false);
    }

    private async Task GiveBackAsync(TakenAction action)
    {
        try
        {
            await link().PublishAsync(string.Empty, action.Queue, ActionProperties.Of(action.Message, action.Priority, action.Losses), action.Body, isMandatory: false, action.Fenced).ConfigureAwait(false);
            _finished.Add(GivenBack(action.Message.Id));
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or BrokerException)
        {
            // The broker is away for longer than the lease, or the link is closed: the broker hands it on by itself.
        }
    }

    private async Task SendBackAsync(ActionMessage message, byte[] body, string queue, IReadOnlyBasicProperties properties) => await link()
        .PublishAsync(string.Empty, queue, ActionProperties.Of(message, ActionProperties.Priority(properties), ActionProperties.RecordedLosses(properties)), body, isMandatory: false, CancellationToken.None)
        .ConfigureAwait(false);

    private async Task DropAsync(TakenAction action)
    {
        _taken.TryRemove(KeyValuePair.Create(action.Message.Id, action));
        if (action.TakeDelivery() is { } delivery && action.WhyEnded != TakenEnd.Fenced)
        {
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }
    }

    private Task<bool> TellAsync(TakenAction action) => SignAsync(action, null, 0);

    private Task<bool> SignAsync(TakenAction action, byte[]? piece, long at) => ReplyAsync(
        action.Message.ReplyTo,
        new ResultMessage { Id = action.Message.Id, Key = action.Message.Key, Worker = worker, HasOnlyBegun = true, IsWaiting = action.BegunAt is null, Piece = piece, PieceAt = at },
        action.Ending);

    /// <summary>Puts a copy under the lease and lets go of the delivery: the copy comes to this worker, and to others when this one is away for longer than the lease.</summary>
    private async Task HoldAsync(TakenAction action)
    {
        action.IsHolding = true;
        try
        {
            var before = action.Delivery;
            await link().PublishAsync(names.Held(worker), action.Queue, ActionProperties.Of(action.Message, action.Priority, action.Losses), action.Body, isMandatory: false, action.Ending).ConfigureAwait(false);
            action.HeldAt = TimeProvider.System.GetUtcNow();
            await (before?.AcknowledgeAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception trouble) when (trouble is OperationCanceledException or BrokerException)
        {
            // It has ended meanwhile.
        }
        finally
        {
            action.IsHolding = false;
        }
    }

    private async Task PoisonAsync(ActionMessage message, Delivery delivery, byte[] body, int losses)
    {
        var why = losses > options.MostLosses
            ? $"{losses} workers were lost while they had it: it may be what ended them; it is in the queue '{names.Poison}'"
            : $"it came to worker '{worker}', which it does not fit: {slots.WhyNever(message.Class)}";
        options.Notice($"attempt {message.Id} of {message.Step} is refused: {why}");
        Interlocked.Increment(ref Tally.Poisoned);
        await PutAsideAsync(body, why).ConfigureAwait(false);
        await ReplyAsync(message.ReplyTo, new ResultMessage { Id = message.Id, Key = message.Key, Worker = worker, Host = Environment.MachineName, End = LaunchEnd.NotStarted, IsLasting = true, Message = why }, CancellationToken.None).ConfigureAwait(false);
        _finished.Add(message.Id);
        await delivery.AcknowledgeAsync().ConfigureAwait(false);
    }

    /// <summary>What cannot be read cannot be answered in full; the client finds its attempt by what is outside of the body.</summary>
    private async Task RefuseAsync(Delivery delivery, byte[] body, IReadOnlyBasicProperties properties, string problem)
    {
        options.Notice($"refused {problem}");
        Interlocked.Increment(ref Tally.Refused);
        await PutAsideAsync(body, problem).ConfigureAwait(false);
        if (properties is { ReplyTo: { Length: > 0 } replyTo, MessageId: { Length: > 0 } id })
        {
            await ReplyAsync(replyTo, new ResultMessage { Id = id, Key = ActionProperties.KeyOf(properties), Worker = worker, Host = Environment.MachineName, End = LaunchEnd.NotStarted, IsLasting = true, Message = $"worker '{worker}' refused {problem}" }, CancellationToken.None).ConfigureAwait(false);
        }

        await delivery.AcknowledgeAsync().ConfigureAwait(false);
    }

    private async Task PutAsideAsync(byte[] body, string why)
    {
        var properties = new BasicProperties { Persistent = true, Headers = new Dictionary<string, object?> { ["scalems-reason"] = why } };
        await link().PublishAsync(string.Empty, names.Poison, properties, body, isMandatory: false, CancellationToken.None).ConfigureAwait(false);
    }

    private void Count(ResultMessage result)
    {
        if (result.End == LaunchEnd.Cancelled)
        {
            Interlocked.Increment(ref Tally.Cancelled);
            return;
        }

        Interlocked.Increment(ref result is { End: LaunchEnd.Exited, ExitCode: 0 } ? ref Tally.Done : ref Tally.Failed);
    }

    private static string GivenBack(string id) => "given back " + id;
}
