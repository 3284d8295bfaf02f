using System.Collections.Concurrent;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Sites;

/// <summary>Finds programs as the caller's shell would: by <c>PATH</c>, or where a path leads.</summary>
internal sealed class ProgramPath(IDisk disk, CallerEnvironment environment)
{
    private readonly ConcurrentDictionary<string, bool> _lookedAt = new(StringComparer.Ordinal);

    /// <summary>Whether a path was looked at, a program or not.</summary>
    public bool HasLookedAt(string path) => _lookedAt.ContainsKey(path);

    /// <summary>The program's absolute path; null when there is none.</summary>
    public string? Find(string candidate)
    {
        if (candidate.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(candidate))
        {
            return IsProgram(Path.GetFullPath(candidate)) ? Path.GetFullPath(candidate) : null;
        }

        var names = OperatingSystem.IsWindows() ? new[] { candidate + ".exe", candidate } : [candidate];
        return (environment["PATH"] ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => names.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(IsProgram);
    }

    private bool IsProgram(string path)
    {
        _lookedAt.TryAdd(path, true);
        return disk.Stat(path) is { IsFile: true } stat && (OperatingSystem.IsWindows() || (stat.Mode & 0x49) != 0);
    }
}
