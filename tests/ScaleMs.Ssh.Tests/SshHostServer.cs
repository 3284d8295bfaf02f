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

    internal SshHostServer(string folder, string alias, string authorized)
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
            SetEnv {Marker} HOME={Home}

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
        _server!.Kill();
        _server.WaitForExit();
    }

    /// <summary>The host is gone, and all that ran there.</summary>
    public void Die()
    {
        Refuse();
        Signal("KILL", () => Members());
    }

    /// <summary>Breaks all connections and allows no new one; what the attempts started goes on.</summary>
    public void CutOff()
    {
        Refuse();
        Signal("KILL", Sessions);
    }

    /// <summary>The connections are there and nothing comes through.</summary>
    public void Freeze() => Signal("STOP", () => [_server!.Id, .. Sessions()], isOnce: true);

    public void Thaw() => Signal("CONT", () => [_server!.Id, .. Sessions()], isOnce: true);

    public void Dispose()
    {
        if (!_server!.HasExited)
        {
            Refuse();
        }

        Signal("KILL", () => Members());
        _server.Dispose();
    }

    /// <summary>Processes of the host: those that bear its marker, and all that descend from them.</summary>
    public IReadOnlyList<int> Members(Func<string, bool>? isWanted = null)
    {
        var all = Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 1).ToDictionary(id => id, ParentOf);
        var members = all.Keys.Where(Bears).ToHashSet();
        for (var before = -1; before != members.Count;)
        {
            before = members.Count;
            members.UnionWith(all.Where(process => members.Contains(process.Value)).Select(process => process.Key));
        }

        members.Remove(Environment.ProcessId);
        return [.. members.Where(id => isWanted is null || isWanted(CommandOf(id)))];
    }

    /// <summary>What the server started for connections; their titles begin so.</summary>
    private IReadOnlyList<int> Sessions()
    {
        var all = Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 1);
        return [.. all.Where(id => id != _server!.Id && CommandOf(id).StartsWith("sshd:", StringComparison.Ordinal) && Bears(id))];
    }

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

    private bool Bears(int id) => TextOf(id, "environ").Split('\0').Contains(Marker);

    private static string CommandOf(int id) => TextOf(id, "cmdline");

    private static int ParentOf(int id) => TextOf(id, "stat") is { Length: > 0 } text ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string TextOf(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
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
