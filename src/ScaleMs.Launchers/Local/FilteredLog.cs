using System.Buffers;
using System.IO.Pipes;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Local;

/// <summary>A pipe that one command prints into, and that is written to its log through a filter as it comes.</summary>
internal sealed class FilteredLog(string path, ILogFilter filter) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>A process that resists KILL may keep the pipe open for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);
    private readonly ArrayBufferWriter<byte> _filtered = new();
    private bool _isRead;

    /// <summary>The command's end of the pipe.</summary>
    /// <returns>The descriptor, closed in programs that do not get it on purpose.</returns>
    internal int Open() => (int)_pipe.ClientSafePipeHandle.DangerousGetHandle();

    /// <summary>The command has its end, or never will: what it prints is written from now on.</summary>
    internal void Started()
    {
        _pipe.DisposeLocalCopyOfClientHandle();
        _isRead = true;
        WaitingThread.Run(Write);
    }

    /// <summary>Returns when everything is written.</summary>
    internal async Task EndAsync() => await _written.Task.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isRead || _written.Task.IsCompleted)
        {
            _pipe.Dispose();
        }
    }

    /// <summary>Blocks its thread until every process has closed its end. A log that cannot be written must not stop the command.</summary>
    private void Write()
    {
        try
        {
            using var log = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var chunk = new byte[ChunkBytes];
            for (var count = _pipe.Read(chunk); count > 0; count = _pipe.Read(chunk))
            {
                filter.Pass(chunk.AsSpan(0, count), _filtered);
                Flush(log);
            }

            filter.End(_filtered);
            Flush(log);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Drain();
        }
        finally
        {
            _written.SetResult();
        }
    }

    private void Flush(FileStream log)
    {
        log.Write(_filtered.WrittenSpan);
        _filtered.ResetWrittenCount();
    }

    private void Drain()
    {
        try
        {
            var chunk = new byte[ChunkBytes];
            while (_pipe.Read(chunk) > 0)
            {
                // A full disk; a command that could not print any more would stand still.
            }
        }
        catch (IOException)
        {
            // The pipe itself is broken: then nobody waits for it either.
        }
    }
}
