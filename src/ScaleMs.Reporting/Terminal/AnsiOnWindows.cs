using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ScaleMs.Reporting.Terminal;

/// <summary>Switches the Windows console to ANSI sequences; every other system's terminals know them.</summary>
internal static class AnsiOnWindows
{
    private const int StandardOutput = -11;
    private const uint VirtualTerminalProcessing = 4;

    public static bool IsThere() => !OperatingSystem.IsWindows() || TryEnable();

    [SupportedOSPlatform("windows")]
    private static bool TryEnable()
    {
        var handle = GetStdHandle(StandardOutput);
        return GetConsoleMode(handle, out var mode) && SetConsoleMode(handle, mode | VirtualTerminalProcessing);
    }

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int which);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool GetConsoleMode(nint handle, out uint mode);

    [DllImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern bool SetConsoleMode(nint handle, uint mode);
}
