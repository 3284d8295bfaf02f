using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Sends what is asked for while a transfer is under way together in the next one.</summary>
internal sealed class ShipmentQueue(BlobSender sender, Func<string> scratch)
{
    private const int MostAtOnce = 64;

    private readonly Lock _lock = new();
    private readonly Queue<(Shipment Shipment, TaskCompletionSource Sent)> _waiting = new();
    private bool _isSending;

    /// <summary>Sends a shipment. The transfer, which others share, goes on when nobody waits for it any more.</summary>
    /// <param name="shipment">What to send.</param>
    /// <exception cref="SiteException">It was not sent.</exception>
    internal Task SendAsync(Shipment shipment)
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue((shipment, sent));
            if (!_isSending)
            {
                _isSending = true;
                _ = Task.Run(SendAllAsync, CancellationToken.None);
            }
        }

        return sent.Task;
    }

    /// <summary>Whether a folder is there as a whole; it counts as used then.</summary>
    internal Task<bool> HasAsync(string root) => sender.HasAsync($"{scratch()}/{root}");

    private async Task SendAllAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                await sender.SendAsync(scratch(), [.. batch.Select(entry => entry.Shipment)], CancellationToken.None).ConfigureAwait(false);
                batch.ForEach(entry => entry.Sent.TrySetResult());
            }
            catch (Exception) when (batch.Count > 1)
            {
                await OneByOneAsync(batch).ConfigureAwait(false); // one that cannot be sent is no reason not to send the others
            }
            catch (Exception trouble)
            {
                batch[0].Sent.TrySetException(trouble);
            }
        }
    }

    private async Task OneByOneAsync(List<(Shipment Shipment, TaskCompletionSource Sent)> batch)
    {
        foreach (var (shipment, sent) in batch)
        {
            try
            {
                await sender.SendAsync(scratch(), [shipment], CancellationToken.None).ConfigureAwait(false);
                sent.TrySetResult();
            }
            catch (Exception trouble)
            {
                sent.TrySetException(trouble);
            }
        }
    }

    private List<(Shipment Shipment, TaskCompletionSource Sent)> Next()
    {
        lock (_lock)
        {
            var batch = new List<(Shipment, TaskCompletionSource)>();
            while (batch.Count < MostAtOnce && _waiting.TryDequeue(out var entry))
            {
                batch.Add(entry);
            }

            _isSending = batch.Count > 0;
            return batch;
        }
    }
}
