using System.Globalization;

namespace ScaleMs.Launchers.Local;

/// <summary>What Linux tells of a machine in files.</summary>
/// <param name="root">The root of the file system; tests have another one.</param>
internal sealed class MachineFiles(string root)
{
    private const long KibiByte = 1024;

    /// <summary>Memory in bytes; null where the system does not tell it so.</summary>
    internal long? MemoryBytes()
    {
        if (Field(Lines("proc/meminfo"), "MemTotal:") is not { } text || Number(text.Split(' ')[0]) is not { } total)
        {
            return null;
        }

        return Limits().Append(total * KibiByte).Min();
    }

    /// <summary>How many graphics processors the machine has: NVIDIA's, else those of ROCm.</summary>
    internal int CountGpus() => CountNvidia() is > 0 and var count ? count : CountOfRocm();

    /// <summary>The file in which the host's own control group counts what the system ended in it for want of memory, absolute; null when it has none.</summary>
    internal string? KillCounter()
    {
        foreach (var line in Lines("proc/self/cgroup"))
        {
            var parts = line.Split(':', 3);
            var file = parts.Length < 3 ? null
                : parts[0] == "0" ? OfGroup("sys/fs/cgroup", parts[2], "memory.events")
                : parts[1].Split(',').Contains("memory") ? OfGroup("sys/fs/cgroup/memory", parts[2], "memory.oom_control") : null;
            if (file is not null)
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>In a container the group's own path may not be there, and what stands at the top is its own.</summary>
    private string? OfGroup(string top, string group, string file)
    {
        var own = Path.Combine(root, top, group.Trim('/'));
        var path = Path.Combine(Directory.Exists(own) ? own : Path.Combine(root, top), file);
        return File.Exists(path) ? path : null;
    }

    /// <summary>The limits of the control group and of those above it; version 1 has a tree of its own for memory.</summary>
    private IEnumerable<long> Limits() => Lines("proc/self/cgroup")
        .Select(line => line.Split(':', 3))
        .Where(parts => parts.Length == 3)
        .SelectMany(parts => (parts[0], parts[1].Split(',').Contains("memory")) switch
        {
            ("0", _) => Limits("sys/fs/cgroup", parts[2], "memory.max"),
            (_, true) => Limits("sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes"),
            _ => [],
        });

    /// <summary>In a container the group's own path may not be there; the limit then stands at the top.</summary>
    private IEnumerable<long> Limits(string top, string group, string file)
    {
        for (var path = group.Trim('/'); ; path = Path.GetDirectoryName(path) ?? string.Empty)
        {
            if (Number(Lines(Path.Combine(top, path, file)).FirstOrDefault(string.Empty)) is { } limit)
            {
                yield return limit;
            }

            if (path.Length == 0)
            {
                yield break;
            }
        }
    }

    private int CountNvidia() => Entries("dev", "nvidia*").Count(path => Path.GetFileName(path)["nvidia".Length..] is { Length: > 0 } number && number.All(char.IsAsciiDigit));

    /// <summary>A node without vector units is a processor.</summary>
    private int CountOfRocm() => Entries("sys/class/kfd/kfd/topology/nodes", "*")
        .Count(node => Field(Lines(Path.Combine(node, "properties")), "simd_count ") is { } count && Number(count) > 0);

    private IEnumerable<string> Entries(string directory, string pattern) =>
        Directory.Exists(Path.Combine(root, directory)) ? Directory.EnumerateFileSystemEntries(Path.Combine(root, directory), pattern) : [];

    private string[] Lines(string file)
    {
        try
        {
            return File.Exists(Path.Combine(root, file)) ? File.ReadAllLines(Path.Combine(root, file)) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Field(string[] lines, string name) => Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();

    /// <summary>A limit may be the word <c>max</c>.</summary>
    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
