using ScaleMs.Launchers.Sites;

[assembly: AssemblyFixture(typeof(ScaleMs.Ssh.Tests.SshServers))]
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]

namespace ScaleMs.Ssh.Tests;

/// <summary>Two hosts for all tests, the client's key and its configuration; further hosts for tests that harm them.</summary>
public sealed class SshServers : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scalems-sshd-").FullName;
    private readonly string _authorized = string.Empty;
    private readonly List<SshHostServer> _hosts = [];
    private int _count;

    public SshServers()
    {
        if (Lack is null)
        {
            _authorized = SshKeys.Make(Path.Combine(_folder, "user_key"));
            (A, B) = (Add(), Add());
        }
    }

    /// <summary>Why nothing can be tested here; null when it can.</summary>
    public static string? Lack => !File.Exists("/usr/sbin/sshd") ? "there is no /usr/sbin/sshd: install openssh-server"
        : Environment.UserName != "root" ? "an ssh server that others than root start accepts nobody else, and reads no keys of tests"
        : null;

    public SshHostServer A { get; } = null!;

    public SshHostServer B { get; } = null!;

    /// <summary>The client's configuration.</summary>
    public string Configuration => Path.Combine(_folder, "config");

    /// <summary>The client's known hosts.</summary>
    public string KnownHosts => Path.Combine(_folder, "known_hosts");

    public string UserKey => Path.Combine(_folder, "user_key");

    /// <summary>One more host, which ends with the test that disposes it; sessions there get further variables.</summary>
    public SshHostServer Add(string variables = "")
    {
        lock (_hosts)
        {
            var alias = $"node{++_count}";
            var host = new SshHostServer(Directory.CreateDirectory(Path.Combine(_folder, alias)).FullName, alias, _authorized, variables);
            _hosts.Add(host);
            Append(KnownHosts, host.Known + "\n");
            Append(Configuration, $"""
                Host {alias}
                  HostName 127.0.0.1
                  Port {host.Port}
                  User root
                  IdentityFile {UserKey}
                  IdentitiesOnly yes
                  UserKnownHostsFile {KnownHosts}


                """);
            return host;
        }
    }

    /// <summary>One more name of a host in the client's configuration, with lines of its own.</summary>
    public string Alias(SshHostServer host, params string[] lines)
    {
        lock (_hosts)
        {
            var alias = $"alias{++_count}";
            string[] all = [$"Host {alias}", "HostName 127.0.0.1", $"Port {host.Port}", "User root", $"UserKnownHostsFile {KnownHosts}", .. lines, string.Empty];
            Append(Configuration, string.Join('\n', all) + "\n");
            return alias;
        }
    }

    /// <summary>A site of some hosts.</summary>
    public SiteProfile Site(bool isShared, int slots, params SshHostServer[] hosts) => Site(isShared, slots, [.. hosts.Select(host => host.Alias)]);

    public SiteProfile Site(bool isShared, int slots, params string[] hosts) => new()
    {
        Name = "farm",
        Launcher = "ssh",
        IsShared = isShared,
        Ssh = new SshProfile { Hosts = [.. hosts.Select(host => new SshHost(host, slots))], Options = ["-F", Configuration] },
    };

    public void Dispose()
    {
        _hosts.ForEach(host => host.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Clients of other tests read the file meanwhile: each sees all of it, as it was or as it is.</summary>
    private static void Append(string path, string text)
    {
        File.WriteAllText(path + ".new", (File.Exists(path) ? File.ReadAllText(path) : string.Empty) + text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
