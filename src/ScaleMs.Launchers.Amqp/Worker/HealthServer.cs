using System.Net;
using System.Text;
using ScaleMs.Launchers.Amqp.Endpoint;

namespace ScaleMs.Launchers.Amqp;

/// <summary>Tells on the loopback interface whether a worker is well (<c>/healthz</c>) and what it does (<c>/metrics</c>).</summary>
public sealed class HealthServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly FarmWorker _worker;

    /// <summary>Listens at once.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="port">The port, 1 to 65535.</param>
    /// <exception cref="HttpListenerException">The port is taken.</exception>
    public HealthServer(FarmWorker worker, int port)
    {
        _worker = worker;
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add($"http://localhost:{port}/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.End();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync().ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception trouble) when (trouble is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
            {
                // Who asked has gone, or the listener was closed.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var response = context.Response;
        var (code, text) = context.Request.RawUrl switch
        {
            "/healthz" => _worker.IsHealthy ? (HttpStatusCode.OK, "ok\n") : (HttpStatusCode.ServiceUnavailable, "without the broker for longer than the lease\n"),
            "/metrics" => (HttpStatusCode.OK, _worker.Metrics()),
            _ => (HttpStatusCode.NotFound, "there are /healthz and /metrics\n"),
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        response.StatusCode = (int)code;
        response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes).ConfigureAwait(false);
    }
}
