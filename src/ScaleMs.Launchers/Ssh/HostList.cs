using System.Globalization;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Reads hosts as they are given on a command line: <c>node1,node2:4,user@node3:8</c>, the number being the slots.</summary>
public static class HostList
{
    private const string Advice = "write hosts as in 'node1,node2:4,user@node3:8'; after the colon stand the slots, and a port belongs into the ssh configuration or an address 'ssh://node:2222'";

    /// <summary>Reads a list.</summary>
    /// <param name="text">Destinations of ssh, separated by commas; each with a colon and its slots, 1 where they are not given.</param>
    /// <param name="hosts">The hosts in their order.</param>
    /// <returns>What is wrong and what to do; null when nothing is.</returns>
    public static string? TryParse(string text, out IReadOnlyList<SshHost> hosts)
    {
        var read = new List<SshHost>();
        hosts = read;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Read(part) is not { } host)
            {
                return $"'{part}' is no host with slots; {Advice}";
            }

            if (read.Exists(other => other.Destination == host.Destination))
            {
                return $"host '{host.Destination}' is given twice; give it once with all its slots";
            }

            read.Add(host);
        }

        return null;
    }

    private static SshHost? Read(string part)
    {
        var (destination, slots) = Cut(part);
        return destination.Length == 0 || destination[0] == '-' || destination.Any(char.IsWhiteSpace) || destination.Any(char.IsControl) || slots < 1 ? null : new SshHost(destination, slots);
    }

    /// <summary>In an address a number after the host is its port; the slots follow a slash or a second colon. In brackets colons are part of the host.</summary>
    private static (string Destination, int Slots) Cut(string part)
    {
        const string scheme = "ssh://";
        var begin = part.StartsWith(scheme, StringComparison.Ordinal) ? scheme.Length : 0;
        var rest = part[(begin + 1 + Math.Max(-1, part.AsSpan(begin).LastIndexOf(']')))..];
        var colons = rest.Count(character => character == ':');
        return colons == 0 || (begin > 0 && colons == 1) ? (part, 1)
            : int.TryParse(part[(part.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && colons == (begin > 0 ? 2 : 1)
            ? (part[..part.LastIndexOf(':')], slots)
            : (string.Empty, 0);
    }
}
