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
        Port = FreePort();
        Directory.CreateDirectory("/run/sshd");
        File.WriteAllText(Path.Combine(folder, "authorized"), authorized + "\n");
        File.WriteAllText(Configuration, $"""
            Port {Port}
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
        Start();
    }

    /// <summary>The name in the client's configuration.</summary>
    public string Alias { get; }

    public int Port { get; }

    public string HostKey { get; }

    /// <summary>What the user's home directory is there.</summary>
    public string Home { get; }

    /// <summary>The line of the known hosts.</summary>
    public string Known => string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{Port} {HostKey}");

    private string Configuration => Path.Combine(_folder, "sshd_config");

    /// <summary>What every process of the host has in its environment, or one above it.</summary>
    private string Marker => $"SCALEMS_TEST_HOST={_folder}";

    public void Start()
    {
        _server = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-f", Configuration, "-E", Path.Combine(_folder, "log")]) { Environment = { ["SCALEMS_TEST_HOST"] = _folder } })!;
        Assert.True(SpinWait.SpinUntil(Answers, TimeSpan.FromSeconds(20)), "the ssh server did not start");
    }

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
        Signal("KILL", Members);
    }

    /// <summary>Breaks all connections and allows no new one; what the attempts started goes on.</summary>
    public void CutOff()
    {
        var sessions = Sessions();
        Refuse();
        Signal("KILL", () => sessions, isOnce: true);
    }

    /// <summary>The connections are there and nothing comes through.</summary>
    public void Freeze() => Signal("STOP", () => [_server!.Id, .. Sessions()], isOnce: true);

    public void Thaw() => Signal("CONT", () => [_server!.Id, .. Sessions()], isOnce: true);

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

    /// <summary>What the server made for connections; titles take the place of their environment.</summary>
    private IReadOnlyList<int> Sessions() => [.. Processes.WithDescendants([_server!.Id]).Where(id => id != _server.Id && Processes.CommandOf(id).StartsWith("sshd", StringComparison.Ordinal))];

    private static void Signal(string signal, Func<IReadOnlyList<int>> find, bool isOnce = false)
    {
        for (var round = 0; round < 100 && find() is { Count: > 0 } found; round++)
        {
            using var kill = Process.Start(new ProcessStartInfo("kill", ["-s", signal, .. found.Select(id => id.ToString(CultureInfo.InvariantCulture))]) { RedirectStandardError = true })!;
            kill.WaitForExit();
            if (isOnce)
            {
                return;
            }
        }
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return client.GetStream().ReadByte() == 'S';
        }
        catch (SocketException)
        {
            Thread.Sleep(5);
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
