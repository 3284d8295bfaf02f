using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ScaleMs.Reporting.Control;

/// <summary>Whose process is at the other end of a unix socket.</summary>
internal static class PeerUser
{
    private const int SocketLevel = 1; // SOL_SOCKET on Linux
    private const int PeerCredentials = 17; // SO_PEERCRED
    private const string OwnStatus = "/proc/self/status";

    /// <summary>This process's user, as part of a file's name.</summary>
    public static string Own() => OwnId() is { } id ? FormattableString.Invariant($"{id}") : Environment.UserName;

    /// <summary>Whether the other process is this user's. Only Linux says so; elsewhere the folder's permissions have to do.</summary>
    public static bool IsOwn(Socket socket)
    {
        if (OwnId() is not { } own)
        {
            return true;
        }

        Span<byte> credentials = stackalloc byte[3 * sizeof(int)]; // process, user, group
        return socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == credentials.Length && MemoryMarshal.Cast<byte, int>(credentials)[1] == own;
    }

    /// <summary>The effective user; null where the system does not say.</summary>
    private static int? OwnId()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var line = File.ReadLines(OwnStatus).First(line => line.StartsWith("Uid:", StringComparison.Ordinal));
        return unchecked((int)uint.Parse(line.Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
