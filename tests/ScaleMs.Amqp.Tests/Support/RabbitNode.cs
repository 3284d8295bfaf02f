using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ScaleMs.Launchers.Amqp.Broker;
using Xunit;

namespace ScaleMs.Amqp.Tests.Support;

/// <summary>A RabbitMQ node of these tests alone: its own name, ports, cookie, data and port mapper, on the loopback interface.</summary>
public sealed class RabbitNode : IAsyncLifetime
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smsq");
    private readonly string _name = $"smsq{Environment.ProcessId}@localhost";
    private readonly int _mapperPort = FreePort();
    private readonly int _distributionPort = FreePort();
    private Process? _mapper;
    private Process? _server;

    /// <summary>Why there is no broker here; null when there is one.</summary>
    public string? Missing { get; } = File.Exists(Server) ? null : "rabbitmq-server is not installed";

    public int Port { get; } = FreePort();

    /// <summary>The port for TLS, with a certificate for <c>localhost</c>.</summary>
    public int SecurePort { get; } = FreePort();

    /// <summary>A PEM file with the authority of that certificate.</summary>
    public string AuthorityFile => Path.Combine(_folder.FullName, "root.pem");

    public static BrokerAddress Address(int port) => BrokerAddress.Of($"amqp://127.0.0.1:{port}", string.Empty, _ => null);

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        Write("plugins", "[].\n");
        using var authority = new Authority("tests");
        authority.Issue(_folder.FullName, "localhost");
        Write("root.pem", authority.Pem);
        _mapper = Start("epmd", ["-port", $"{_mapperPort}", "-address", "127.0.0.1"]);
        await StartAsync();
    }

    /// <summary>Starts the node on what is in its folder.</summary>
    public async Task StartAsync()
    {
        Write("node.conf", $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            listeners.ssl.1 = 127.0.0.1:{SecurePort}
            ssl_options.cacertfile = {_folder.FullName}/tls.ca
            ssl_options.certfile = {_folder.FullName}/tls.pem
            ssl_options.keyfile = {_folder.FullName}/tls.key
            log.console = false
            log.file.level = warning
            vm_memory_high_watermark.absolute = 1GB
            disk_free_limit.absolute = 1MB

            """);
        _server = Start(Server, []);
        await Poll.UntilAsync(() => !_server.HasExited ? IsListening() : throw new InvalidOperationException($"rabbitmq-server ended: {File.ReadAllText(Path.Combine(_folder.FullName, "out"))}"));
    }

    /// <summary>Sets what channels that are opened from now on go by, in milliseconds: how long a delivery may stay without its acknowledgement, and how often that is looked at.</summary>
    public Task SetTimeoutAsync(int timeout, int every) =>
        TellAsync([.. from one in new[] { $"consumer_timeout, {timeout}", $"channel_tick_interval, {every}" } select $"application, set_env, [rabbit, {one}]"]);

    /// <summary>Has the node be short of memory, or no longer: then it takes nothing from whoever publishes.</summary>
    public Task SetShortageAsync(bool isShort) =>
        TellAsync(isShort ? $"rabbit_alarm, set_alarm, [{{{{resource_limit, memory, '{_name}'}}, []}}]" : $"rabbit_alarm, clear_alarm, [{{resource_limit, memory, '{_name}'}}]");

    private async Task TellAsync(params string[] calls)
    {
        var all = string.Join(", ", calls.Select(call => $"ok = rpc:call('{_name}', {call})"));
        using var erlang = Start("erl", ["-noshell", "-hidden", "-sname", $"set{_name}", "-eval", $"{all}, halt(0)."]);
        await erlang.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, erlang.ExitCode);
    }

    /// <summary>The processor time that the node has used by now.</summary>
    public TimeSpan ProcessorTime => TimeOf(_server!.Id);

    /// <summary>Stops the node as an administrator does; its queues stay on disk.</summary>
    public async Task StopAsync()
    {
        foreach (var child in Children(_server!.Id))
        {
            using var one = Process.GetProcessById(child);
            using var kill = Process.Start("kill", ["-TERM", $"{child}"]);
            await kill.WaitForExitAsync();
        }

        await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _server, _mapper }.OfType<Process>())
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    internal static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static TimeSpan TimeOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return Children(id).Aggregate(process.TotalProcessorTime, (sum, child) => sum + TimeOf(child));
    }

    private static IEnumerable<int> Children(int parent) =>
        File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, null));

    private Process Start(string program, string[] arguments)
    {
        // Through a shell that writes the output to a file: nobody here reads a pipe.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$OUT\" 2>&1 </dev/null", "sh", program, .. arguments]);
        foreach (var (name, value) in Settings())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["HOME"] = _folder.FullName,
        ["OUT"] = Path.Combine(_folder.FullName, "out"),
        ["ERL_EPMD_PORT"] = $"{_mapperPort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = _name,
        ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_folder.FullName, "db"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_folder.FullName, "log"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_folder.FullName, "node.conf"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_folder.FullName, "plugins"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 2:2 -kernel inet_dist_use_interface {127,0,0,1}",
    };

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private bool IsListening()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
