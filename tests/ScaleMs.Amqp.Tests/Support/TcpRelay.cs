using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>A network between a worker and the broker that can be cut and mended.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly int _target;
    private readonly Task _serving;
    private volatile bool _isCut;

    internal TcpRelay(int target)
    {
        _target = target;
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal void Cut()
    {
        _isCut = true;
        foreach (var end in _ends)
        {
            end.Close();
        }
    }

    internal void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync();
            if (_isCut)
            {
                near.Close();
                continue;
            }

            var far = new TcpClient("127.0.0.1", _target);
            _ends.Add(near);
            _ends.Add(far);
            _ = PumpAsync(near, far);
            _ = PumpAsync(far, near);
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        from.Close();
        to.Close();
    }
}
