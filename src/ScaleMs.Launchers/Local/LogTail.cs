using ScaleMs.Core.Model;

namespace ScaleMs.Launchers.Local;

/// <summary>Follows a log file that the commands themselves append to, so that a killed host loses nothing of it.</summary>
internal sealed class LogTail : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private const int ChunksAtATime = 16;

    private readonly ISplitter _lines;
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly FileStream _file;

    /// <summary>Makes the file where it is missing, and starts at its present end: what earlier attempts wrote is not told again.</summary>
    internal LogTail(string path, Action<string> onLine, LogFraming framing = LogFraming.Lines)
    {
        _lines = framing == LogFraming.Nul ? new RecordSplitter(onLine) : new LineSplitter(onLine);
        const FileShare all = FileShare.ReadWrite | FileShare.Delete;
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, all, bufferSize: 0);
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Tells what was written since, up to 1 MiB: a tool that writes without end must not keep us from stopping it.</summary>
    /// <returns>False when there may be more.</returns>
    internal bool Drain()
    {
        for (var i = 0; i < ChunksAtATime; i++)
        {
            var count = _file.Read(_chunk);
            if (count == 0)
            {
                return true;
            }

            _lines.Add(_chunk.AsSpan(0, count));
        }

        return false;
    }

    /// <summary>Tells everything that is left, and a last line without an end.</summary>
    internal void Finish()
    {
        while (!Drain())
        {
            // The writers are gone, so this comes to an end.
        }

        _lines.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
