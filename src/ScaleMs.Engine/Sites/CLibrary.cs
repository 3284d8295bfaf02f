using System.Runtime.InteropServices;

namespace ScaleMs.Engine.Sites;

/// <summary>The C library that commands run with.</summary>
internal static class CLibrary
{
    public static string Version
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? "glibc " + Marshal.PtrToStringUTF8(gnu_get_libc_version()) : "system";
            }
            catch (EntryPointNotFoundException)
            {
                // musl and others have no such function and no version to ask for.
                return "other";
            }
        }
    }

    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr gnu_get_libc_version();
}
