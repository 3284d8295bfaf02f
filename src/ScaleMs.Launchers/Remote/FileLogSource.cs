using Microsoft.Win32.SafeHandles;

namespace ScaleMs.Launchers.Remote;

/// <summary>A log on a disk that this machine sees. It is opened for each look: a network file system then shows what is new, and no descriptor is held.</summary>
internal sealed class FileLogSource(string path) : ILogSource
{
    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return ValueTask.FromResult(RandomAccess.Read(file, buffer.Span, offset));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(0); // not there yet, or seen later
        }
    }
}
