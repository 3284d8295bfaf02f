using System.Globalization;
using ScaleMs.Core.Faults;
using ScaleMs.Launchers.Sites;

namespace ScaleMs;

/// <summary>The list of <c>--hosts</c>: destinations with slots, such as <c>a,me@b:4</c>.</summary>
internal static class SshHosts
{
    private const int MostSlots = 100_000;

    /// <summary>Reads the lists; what is wrong is added to the faults.</summary>
    /// <param name="lists">The values of the option.</param>
    /// <param name="faults">Takes the faults.</param>
    public static IReadOnlyList<SshHost> Read(IReadOnlyList<string> lists, List<Fault> faults)
    {
        var hosts = new List<SshHost>();
        foreach (var text in lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (Of(text) is { } host && hosts.TrueForAll(known => known.Destination != host.Destination))
            {
                hosts.Add(host);
            }
            else
            {
                faults.Add(UsageFaults.BadValue("hosts", text, "hosts as ssh takes them, each once, with its slots where it has more than one: a,me@b:4"));
            }
        }

        return hosts;
    }

    /// <summary>A destination that began with a dash would be an option of ssh.</summary>
    private static SshHost? Of(string text)
    {
        var colon = text.LastIndexOf(':');
        var (destination, slots) = colon < 0 || text.EndsWith(']') || text.StartsWith("ssh://", StringComparison.Ordinal) ? (text, "1") : (text[..colon], text[(colon + 1)..]);
        return destination.Length > 0 && destination[0] != '-' && !destination.Any(char.IsWhiteSpace) && int.TryParse(slots, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostSlots
            ? new SshHost(destination, count)
            : null;
    }
}
