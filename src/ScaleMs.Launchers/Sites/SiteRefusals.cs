using System.Globalization;
using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Sites;

/// <summary>Requests that a site can never grant, so that they are refused before anything runs.</summary>
public static class SiteRefusals
{
    /// <summary>Why a step can never run at a site.</summary>
    /// <param name="asked">What the step asks for.</param>
    /// <param name="site">The site.</param>
    /// <returns>The end of a sentence that begins with the step, one for each limit that is exceeded; none where it can run.</returns>
    public static IReadOnlyList<string> Of(Resources asked, SiteProfile site)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(site);
        return [.. Limits(asked, site.Limits).Append(Slots(asked, site)).OfType<string>().Select(words => $"{words} at site '{site.Name}'{Place(site)}")];
    }

    private static IEnumerable<string?> Limits(Resources asked, SiteLimits limits)
    {
        yield return limits.Cpus > 0 && asked.Cpus > limits.Cpus ? Words($"asks for {asked.Cpus} cores, and a step gets at most {limits.Cpus}") : null;
        yield return limits.MemoryBytes > 0 && asked.MemoryBytes > limits.MemoryBytes
            ? $"asks for {Size(asked.MemoryBytes)} of memory, and a step gets at most {Size(limits.MemoryBytes)}" : null;
        yield return limits.Gpus is { } most && asked.Gpus > most ? Words($"asks for {asked.Gpus} graphics processor{(asked.Gpus == 1 ? string.Empty : "s")}, and a step gets {(most == 0 ? "none" : Words($"at most {most}"))}") : null;
        yield return limits.Time is { } time && asked.TimeLimit > time ? Words($"has a time limit of {asked.TimeLimit:c}, and a step gets at most {time:c}") : null;
    }

    /// <summary>A step runs on one host.</summary>
    private static string? Slots(Resources asked, SiteProfile site) => site.Ssh is { Hosts: { Count: > 0 } hosts } && hosts.Max(host => host.Slots) is var most && asked.Cpus > most
        ? Words($"asks for {asked.Cpus} cores, and no host has more than {most} slots")
        : null;

    private static string Place(SiteProfile site) => site.DeclaredAt.Line > 0 ? $" ({site.DeclaredAt})" : string.Empty;

    private static string Size(long bytes) => bytes % (1L << 20) == 0 ? Words($"{bytes / (double)(1L << 30):0.##} GiB") : Words($"{bytes} bytes");

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
