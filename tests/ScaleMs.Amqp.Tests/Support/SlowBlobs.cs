using System.Net;
using ScaleMs.Launchers.Amqp.Blobs;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>Serves the blobs of a directory, each after a while.</summary>
internal sealed class SlowBlobs : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly DirectoryBlobs _blobs;
    private readonly TimeSpan _delay;

    internal SlowBlobs(string directory, TimeSpan delay)
    {
        (_blobs, _delay) = (new DirectoryBlobs(directory), delay);
        Address = $"http://127.0.0.1:{RabbitNode.FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    internal string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        if (context.Request.HttpMethod == "GET")
        {
            await Task.Delay(_delay);
            await context.Response.OutputStream.WriteAsync(File.ReadAllBytes(_blobs.PlaceOf(context.Request.RawUrl![^64..])));
        }
        else if (context.Request.HttpMethod == "PUT")
        {
            await _blobs.PutAsync(context.Request.RawUrl![^64..], context.Request.ContentLength64, context.Request.InputStream, CancellationToken.None);
            context.Response.StatusCode = (int)HttpStatusCode.Created;
        }
        else
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
        }

        context.Response.Close();
    }
}
