using System.Globalization;
using System.Net.Sockets;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Reporting.Control;

/// <summary>Where the socket of a store's run is: outside the store, whose path may be too long and whose file system may know no sockets.</summary>
internal static class ControlPlace
{
    /// <summary>Apple's limit is 104 bytes with the ending zero, Linux's 108.</summary>
    private const int LongestPath = 103;

    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the socket's folder and says where the socket of this process is to be.</summary>
    /// <exception cref="IOException">There is no place for it that is this user's alone.</exception>
    public static string Make(string store)
    {
        var problem = new IOException("no folder is short enough for a socket");
        foreach (var folder in Folders())
        {
            var path = Path.Combine(folder, Prefix(store) + Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + ".sock");
            if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            {
                continue;
            }

            try
            {
                MakePrivate(folder);
                return path;
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                problem = new IOException(cause.Message, cause);
            }
        }

        throw problem;
    }

    /// <summary>A socket that listens there, for this user alone.</summary>
    public static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // The number of a process that died with its socket may come again.
            File.Delete(path);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            RestrictToOwner(path, OwnersFile);
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Removes what a former run of the store left; whoever calls it holds the store's lock, so that run is gone.</summary>
    public static void RemoveStale(string store, RunNote? former)
    {
        if (former is { Socket: { } path } && Folders().Contains(Path.GetDirectoryName(path), StringComparer.Ordinal) && Path.GetFileName(path).StartsWith(Prefix(store), StringComparison.Ordinal))
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime && Path.IsPathRooted(runtime) && Directory.Exists(runtime))
        {
            yield return Path.Combine(runtime, "scalems");
        }

        // Not TMPDIR: it may be long, and differ between the shells of one user.
        yield return $"/tmp/scalems-{PeerUser.Own()}";
    }

    private static string Prefix(string store) => Digest.OfText(store).ToString().Split(':')[^1][..16] + ".";

    /// <summary>Where others may make folders too, one of theirs must not be taken for ours.</summary>
    private static void MakePrivate(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, OwnersFolder);
        }

        if (new DirectoryInfo(folder).LinkTarget is not null)
        {
            throw new IOException($"'{folder}' is a link");
        }

        RestrictToOwner(folder, OwnersFolder); // refused when it is another user's
    }

    private static void RestrictToOwner(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
