using System.Runtime.InteropServices;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Disk;

/// <summary>The one place where a refusal of the disk becomes a sentence: what was tried, on which path, why, what to do.</summary>
internal static class DiskErrors
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether an exception is a refusal of the disk and not a bug.</summary>
    public static bool IsDiskError(Exception cause) => cause is IOException or UnauthorizedAccessException;

    public static StoreException Of(string verb, string path, Exception cause) =>
        cause as StoreException ?? new($"cannot {verb} '{path}': {Why(cause)}", cause);

    public static StoreException OfLastError(string verb, string path) => Of(verb, path, LastError());

    public static IOException LastError()
    {
        var errno = Marshal.GetLastPInvokeError();
        var message = Marshal.GetPInvokeErrorMessage(errno);
        return errno == Errno.NoEntry ? new FileNotFoundException(message) : new IOException(message, errno);
    }

    public static T Guard<T>(string verb, string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception cause) when (IsDiskError(cause))
        {
            throw Of(verb, path, cause);
        }
    }

    public static void Guard(string verb, string path, Action action) => Guard(verb, path, () =>
    {
        action();
        return true;
    });

    private static string Why(Exception cause) => CodeOf(cause) switch
    {
        Errno.NoSpace or WindowsDiskFull or WindowsHandleDiskFull =>
            "the disk is full; free some space and run again, what is recorded stays recorded",
        Errno.Quota => "the disk quota is used up; free some space and run again, what is recorded stays recorded",
        Errno.ReadOnly => "the file system is mounted read-only",
        Errno.NotPermitted or Errno.AccessDenied => "permission denied; see who owns it and its folder, and their mode",
        Errno.NoEntry => "nothing is there",
        _ => cause.Message,
    };

    // .NET keeps the error number in HResult, except that a denied access hides it in the inner exception.
    private static int CodeOf(Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException => Errno.NoEntry,
        UnauthorizedAccessException => Errno.AccessDenied,
        _ => cause.HResult,
    };
}
