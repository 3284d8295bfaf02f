using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ScaleMs.Ssh.Tests;

/// <summary>A host: an ssh server of our own on loopback, with its own key, home directory and processes.</summary>
public sealed class SshHostServer : IDisposable
{
    private readonly string _folder;
    private Process? _server;

    internal SshHostServer(string folder, string alias, string authorized, string variables = "")
    {
        (_folder, Alias) = (folder, alias);
        Home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        HostKey = SshKeys.Make(Path.Combine(folder, "host_key"));
        Directory.CreateDirectory("/run/sshd");
        File.WriteAllText(Path.Combine(folder, "authorized"), authorized + "\n");
        File.WriteAllText(Configuration, $"""
            ListenAddress 127.0.0.1
            HostKey {folder}/host_key
            AuthorizedKeysFile {folder}/authorized
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            SetEnv {Marker} HOME={Home} {variables}

            """);
        do
        {
            Port = FreePort();
        }
        while (!TryStart()); // somebody else may have taken it meanwhile
    }

    /// <summary>The name in the client's configuration.</summary>
    public string Alias { get; }

    public int Port { get; private set; }

    public string HostKey { get; }

    /// <summary>What the user's home directory is there.</summary>
    public string Home { get; }

    /// <summary>The line of the known hosts.</summary>
    public string Known => string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port} {HostKey}");

    private string Configuration => Path.Combine(_folder, "sshd_config");

    /// <summary>What every process of the host has in its environment, or one above it.</summary>
    private string Marker => $"SCALEMS_TEST_HOST={_folder}";

    public void Start() => Assert.True(TryStart(), "the port of the ssh server is another's by now");

    /// <summary>Nobody can connect any more; what runs goes on.</summary>
    public void Refuse()
    {
        if (!_server!.HasExited)
        {
            _server.Kill();
            _server.WaitForExit();
        }
    }

    /// <summary>The host is gone, and all that ran there.</summary>
    public void Die()
    {
        CutOff();
        for (var round = 0; round < 100 && Members() is { Count: > 0 } members; round++)
        {
            Processes.Signal("KILL", members);
        }
    }

    /// <summary>Breaks all connections, those that are being made too, and allows no new one; what the attempts started goes on.</summary>
    public void CutOff()
    {
        var sessions = StopListening();
        Refuse();
        Processes.Signal("KILL", sessions);
    }

    /// <summary>The connections are there and nothing comes through.</summary>
    public void Freeze() => Processes.Signal("STOP", StopListening());

    public void Thaw() => Processes.Signal("CONT", [_server!.Id, .. Sessions()]);

    public void Dispose()
    {
        if (_server is null)
        {
            return;
        }

        Die();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Processes of the host: those that bear its marker, and all that descend from them.</summary>
    private IReadOnlyList<int> Members() => Processes.WithDescendants(Processes.All.Where(id => Processes.EnvironmentOf(id).Contains(Marker)));

    /// <summary>What the server made for connections: with a path for a moment, then with a title, which takes the place of their environment.</summary>
    private IReadOnlyList<int> Sessions() => [.. Processes.WithDescendants([_server!.Id]).Where(id => id != _server.Id && IsServer(Processes.CommandOf(id)))];

    /// <summary>From now on nothing new is made for connections.</summary>
    private IReadOnlyList<int> StopListening()
    {
        if (!_server!.HasExited)
        {
            Processes.Signal("STOP", [_server.Id]);
        }

        return Sessions();
    }

    private static bool IsServer(string command) => command.StartsWith("sshd", StringComparison.Ordinal) || Path.GetFileName(command.Split('\0')[0]).StartsWith("sshd", StringComparison.Ordinal);

    /// <summary>It notes that it listens; whoever connects may be answered by somebody else.</summary>
    /// <returns>False when it cannot have the port.</returns>
    private bool TryStart()
    {
        var log = Path.Combine(_folder, "log");
        File.Delete(log);
        _server = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-f", Configuration, "-p", $"{Port}", "-E", log]) { Environment = { ["SCALEMS_TEST_HOST"] = _folder } })!;
        bool Listens() => File.Exists(log) && File.ReadAllText(log).Contains("Server listening", StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => _server.HasExited || (Listens() && Answers()) || _server.WaitForExit(5), TimeSpan.FromMinutes(1)), "the ssh server did not start");
        return !_server.HasExited;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return client.GetStream().ReadByte() == 'S';
        }
        catch (Exception trouble) when (trouble is SocketException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
