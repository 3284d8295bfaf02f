using System.Net;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Amqp.Endpoint;

namespace ScaleMs.Launchers.Amqp;

/// <summary>The endpoint through which a farm exchanges blobs, and clients share results: blobs, records, and who makes what, for who shows the token.</summary>
/// <remarks>One process serves a folder. <see cref="EndpointProtocol"/> says what is asked and answered. It speaks plain HTTP and bounds requests, not connections: beyond one machine or a closed network it belongs behind a proxy that speaks TLS and bounds them.</remarks>
public sealed class BlobServer : IDisposable
{
    private const int ShortestToken = 16;

    private readonly HttpListener _listener = new();
    private readonly BlobServerOptions _options;
    private readonly SemaphoreSlim _places;
    private readonly EndpointParts _parts;
    private int _requests;

    /// <summary>Makes the directory; nothing listens yet.</summary>
    /// <param name="options">How it serves.</param>
    /// <exception cref="ArgumentException">The token is too short, or the address none.</exception>
    public BlobServer(BlobServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Token.Length < ShortestToken)
        {
            throw new ArgumentException($"the token of the blob endpoint has {options.Token.Length} characters: give at least {ShortestToken}, in {EndpointProtocol.TokenVariable} or a file");
        }

        _options = options;
        _places = new SemaphoreSlim(options.MostRequests);
        _listener.Prefixes.Add(options.Listen.EndsWith('/') ? options.Listen : options.Listen + "/");
        Directory.CreateDirectory(options.Directory);
        _parts = EndpointParts.Of(options);
    }

    /// <summary>Serves until it is told to stop; once.</summary>
    /// <param name="stop">Stops it.</param>
    /// <returns>When it listens no more.</returns>
    /// <exception cref="HttpListenerException">The address is taken, or not this machine's.</exception>
    /// <exception cref="StoreException">Another process serves the directory.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var claim = FolderClaim.Of(_options.Directory, _options.Listen);
        _listener.Start();
        _parts.Leads.TakeUp();
        var collecting = CollectAsync(stop);
        try
        {
            await ServeAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _listener.End();
        }

        await collecting.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.End();
        _places.Dispose();
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync().WaitAsync(stop).ConfigureAwait(false);
                _ = Task.Run(() => ServeInTurnAsync(context), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ServeInTurnAsync(HttpListenerContext context)
    {
        try
        {
            if (Interlocked.Increment(ref _requests) > _options.MostRequests + _options.MostWaiting)
            {
                // Clients come again when they are told so.
                context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
                context.Response.Close();
                return;
            }

            await _places.WaitAsync().ConfigureAwait(false);
            try
            {
                await ServeAsync(context).ConfigureAwait(false);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (Exception gone) when (gone is ObjectDisposedException or HttpListenerException or IOException)
        {
            // The server has ended, or who came to a full house has left.
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    private async Task CollectAsync(CancellationToken stop)
    {
        if (_options.Limits.AreNone)
        {
            return;
        }

        using var timer = new PeriodicTimer(_options.CollectEvery);
        try
        {
            do
            {
                await Task.Run(Collect, stop).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private void Collect()
    {
        try
        {
            var done = BlobCollector.Collect(_options.Directory, _options.Limits);
            var records = _options.Limits.MostAge is { } age ? _parts.Records.Collect(age) : 0;
            if (done.Removed > 0 || records > 0 || done.KeptBytes > _options.Limits.MostBytes)
            {
                _options.Notice($"removed {done.Removed} blobs of {done.RemovedBytes} bytes and {records} records that nobody used; {done.KeptBytes} bytes are left");
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            _options.Notice($"blobs that nobody uses could not be looked for: {trouble.Message}");
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            await new EndpointRequest(_options, _parts, context).AnswerAsync().ConfigureAwait(false);
        }
        catch (Exception trouble)
        {
            // One request, whatever is wrong with it, must not end the server.
            _options.Notice($"a request of {context.Request.RemoteEndPoint} failed: {trouble.Message}");
            Abort(context.Response, trouble);
        }
    }

    /// <summary>An aborted response still sends its head, which must not say that all is well.</summary>
    private static void Abort(HttpListenerResponse response, Exception trouble)
    {
        try
        {
            response.StatusCode = (int)(trouble is StalledException ? HttpStatusCode.RequestTimeout : HttpStatusCode.InternalServerError);
        }
        catch (Exception sent) when (sent is InvalidOperationException or HttpListenerException)
        {
            // Its head was sent before: the client misses the rest.
        }

        response.Abort();
    }
}
