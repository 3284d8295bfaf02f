using System.Buffers;
using System.Diagnostics;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Remote;

/// <summary>Follows the log of an attempt elsewhere: tells its lines, and writes the request's log file where the commands do not write it themselves.</summary>
/// <remarks>
/// It begins at the log's beginning, also when an attempt is taken over; a copy is then made anew, with the first bytes that come. Not thread-safe, and it holds
/// no descriptor. With a filter nothing comes to the log file, nor to the listener, that did not pass it.
/// </remarks>
internal sealed class LogFollower
{
    private const int ChunkBytes = 64 * 1024;
    private const int ChunksAtATime = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly ILogSource _source;
    private readonly ILogFilter? _filter;
    private readonly ISplitter? _lines;
    private readonly string? _copy;
    private readonly ArrayBufferWriter<byte> _passed = new();
    private long _offset;
    private bool _isCopyBegun;
    private bool _isFinished;

    /// <summary>Begins to follow.</summary>
    /// <param name="source">The log that the commands write.</param>
    /// <param name="request">Its log file, filter and framing.</param>
    /// <param name="isCopied">Whether the source is another file than the request's log file, which is then written here.</param>
    /// <param name="onLine">Takes the lines; null for nobody.</param>
    internal LogFollower(ILogSource source, LaunchRequest request, bool isCopied, Action<string>? onLine)
    {
        (_source, _filter) = (source, request.LogFilter);
        _lines = onLine is null ? null : request.Framing == LogFraming.Nul ? new RecordSplitter(onLine) : new LineSplitter(onLine);
        _copy = isCopied || _filter is not null ? request.LogFile : null;
    }

    /// <summary>Whether it has anything to do before the end.</summary>
    internal bool IsWatched => _lines is not null;

    /// <summary>Takes what was written since, up to 1 MiB.</summary>
    /// <returns>False when there may be more.</returns>
    internal async Task<bool> DrainAsync(CancellationToken cancellation)
    {
        if (_isFinished)
        {
            return true;
        }

        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var i = 0; i < ChunksAtATime; i++)
            {
                var count = await _source.ReadAsync(_offset, chunk.AsMemory(0, ChunkBytes), cancellation).ConfigureAwait(false);
                if (count == 0)
                {
                    return true;
                }

                _offset += count;
                Pass(chunk.AsSpan(0, count));
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>Takes everything that is there, and a last line without an end; once.</summary>
    /// <param name="cancellation">Gives up.</param>
    internal Task FinishAsync(CancellationToken cancellation) => FinishAsync(0, TimeSpan.Zero, cancellation);

    /// <summary>Takes everything that is left, and a last line without an end; once. Nobody may write to the log any more.</summary>
    /// <param name="bytes">How long the log is where it was written.</param>
    /// <param name="patience">How long what is missing of that is waited for: a file server may show it late.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task FinishAsync(long bytes, TimeSpan patience, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        while (!_isFinished)
        {
            var isDry = await DrainAsync(cancellation).ConfigureAwait(false);
            if (isDry && (_offset >= bytes || Stopwatch.GetElapsedTime(start) >= patience))
            {
                break;
            }

            await (isDry ? Task.Delay(Pause, cancellation) : Task.CompletedTask).ConfigureAwait(false);
        }

        if (!_isFinished)
        {
            _isFinished = true;
            End();
        }
    }

    private void End()
    {
        if (_filter is not null)
        {
            _filter.End(_passed);
            Give(_passed.WrittenSpan);
            _passed.ResetWrittenCount();
        }

        _lines?.Finish();
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        if (_filter is null)
        {
            Give(bytes);
            return;
        }

        _filter.Pass(bytes, _passed);
        Give(_passed.WrittenSpan);
        _passed.ResetWrittenCount();
    }

    private void Give(ReadOnlySpan<byte> bytes)
    {
        if (_copy is not null && bytes.Length > 0)
        {
            using var copy = new FileStream(_copy, _isCopyBegun ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            copy.Write(bytes);
            _isCopyBegun = true;
        }

        _lines?.Add(bytes);
    }
}
