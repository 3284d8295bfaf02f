using System.Net;
using System.Net.Sockets;
using ScaleMs.Launchers.Amqp;

namespace ScaleMs.Engine.Tests.Cache;

/// <summary>A cache behind an endpoint, whose time stands still but where a test lets it go by.</summary>
internal sealed class EndpointPlace : CachePlace
{
    private readonly StandingClock _clock = new();
    private int _port;
    private Action _stop;

    public EndpointPlace() => _stop = Start();

    public override string Address => $"http://127.0.0.1:{_port}";

    /// <summary>One: when time goes by here, the living are silent too, until they are heard of again.</summary>
    public override IReadOnlyList<string> Followers => ["b"];

    public override void LoseLeads() => _clock.Advance(2 * Lease);

    public override void ForgetTheDead() => LoseLeads();

    /// <summary>Ends the endpoint.</summary>
    public void Stop()
    {
        _stop();
        _stop = () => { };
    }

    public override void Dispose()
    {
        Stop();
        base.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Between the moment when a port is found free and the one when it is listened at, a connection of another test may have it.</summary>
    private Action Start()
    {
        for (var tries = 1; ; tries++)
        {
            _port = FreePort();
            var server = new BlobServer(new BlobServerOptions { Listen = Address, Directory = Root, Token = Token, Lease = Lease, Clock = _clock });
            var stop = new CancellationTokenSource();
            var serving = server.RunAsync(stop.Token);
            if (serving.IsFaulted && tries < 10)
            {
                server.Dispose();
                stop.Dispose();
                continue;
            }

            return () =>
            {
                stop.Cancel();
                serving.GetAwaiter().GetResult();
                server.Dispose();
                stop.Dispose();
            };
        }
    }

    private sealed class StandingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _ticks);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}
