using System.Runtime.InteropServices;

namespace ScaleMs.Launchers.Native;

/// <summary>Which calls this machine's C library has beyond the oldest one that .NET supports.</summary>
internal static class LibCFeatures
{
    /// <summary>A spawned process can start in another directory: glibc 2.29, musl 1.1.24, macOS 10.15. RHEL 8 has glibc 2.28.</summary>
    internal static readonly bool HasSpawnDirectory = Exports("posix_spawn_file_actions_addchdir_np");

    /// <summary>A spawned process can close what it inherits: glibc 2.34.</summary>
    internal static readonly bool HasCloseFrom = Exports("posix_spawn_file_actions_addclosefrom_np");

    private static bool Exports(string name) =>
        NativeLibrary.TryLoad("libc", typeof(LibCFeatures).Assembly, null, out var library)
        && NativeLibrary.TryGetExport(library, name, out _);
}
