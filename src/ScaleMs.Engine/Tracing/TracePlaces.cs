namespace ScaleMs.Engine.Tracing;

/// <summary>The folders by which a traced file is judged.</summary>
/// <param name="Workspace">The workspace, absolute.</param>
/// <param name="Home">The user's folder, absolute; null when it is unknown.</param>
/// <param name="SearchPath">The folders that programs are looked for in: looking there is no use of a file.</param>
internal sealed record TracePlaces(string Workspace, string? Home, IReadOnlyList<string> SearchPath)
{
    /// <summary>What belongs to the system, not to a study: programs, libraries, settings, devices.</summary>
    private static readonly string[] System = ["/usr/", "/lib", "/bin/", "/sbin/", "/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/opt/", "/var/lib/", "/var/cache/", "/nix/", "/gnu/"];

    private static readonly string[] NoFiles = ["/dev/", "/proc/", "/memfd:"];

    private static readonly string[] RuntimeParts = ["/dotnet-diagnostic-", "/clr-debug-pipe-", "/.dotnet/"];

    /// <summary>Whether a file belongs to the system.</summary>
    public bool IsSystem(string path) => !IsUsers(path) && Array.Exists(System, folder => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Whether a file is in the workspace or in the user's folder.</summary>
    public bool IsUsers(string path) => IsIn(path, Workspace) || (Home is { } home && IsIn(path, home));

    /// <summary>Whether a file is in the workspace.</summary>
    public bool IsInWorkspace(string path) => IsIn(path, Workspace);

    /// <summary>Whether a path is what a device, a process's own memory, or a pipe of the .NET runtime is called.</summary>
    public static bool IsNoFile(string path) =>
        Array.Exists(NoFiles, begin => path.StartsWith(begin, StringComparison.Ordinal)) || Array.Exists(RuntimeParts, part => path.Contains(part, StringComparison.Ordinal));

    /// <summary>Whether a path is a folder or something in it.</summary>
    public static bool IsIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/' || folder.EndsWith('/'));

    /// <summary>A path as people read it.</summary>
    public string NameOf(string path) => IsIn(path, Workspace) ? Inside(path, Workspace)
        : Home is { Length: > 1 } home && IsIn(path, home) ? $"~/{Inside(path, home)}"
        : path;

    private static string Inside(string path, string folder) => path.Length == folder.Length ? "." : path[(folder.TrimEnd('/').Length + 1)..];
}
