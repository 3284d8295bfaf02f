using System.Buffers;
using System.Security.Cryptography;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Local;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>The log of an attempt: pieces that come while it runs, and the whole at its end. Each line is told once, and the file ends as the whole.</summary>
/// <remarks>What is in the file behind its beginning, written for a client that was killed, is replaced. With a filter nothing comes to file and listener that did not pass it.</remarks>
/// <param name="request">Its log file, filter and framing.</param>
/// <param name="beginning">How long the file was before the attempt.</param>
/// <param name="onLine">Takes the lines; null for nobody.</param>
internal sealed class AttemptLog(LaunchRequest request, long beginning, Action<string>? onLine) : IDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _passed = new();
    private IncrementalHash? _hash;
    private ISplitter? _lines = Lines(request.Framing, onLine);
    private string _worker = string.Empty;
    private long _received;
    private bool _isBegun;
    private bool _isFinished;

    /// <summary>How long the file was before the attempt.</summary>
    internal long Beginning => beginning;

    /// <summary>Whether pieces are of use before the end.</summary>
    internal bool IsWatched => onLine is not null;

    /// <summary>How much came by now.</summary>
    internal long Received => Volatile.Read(ref _received);

    /// <summary>Takes a piece; one behind a gap is left, for it comes again. Another worker begins anew.</summary>
    internal void Take(string worker, long at, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_isFinished)
            {
                return;
            }

            if (worker != _worker)
            {
                Restart();
                _worker = worker;
            }

            if (_received - at is >= 0 and var known && known < bytes.Length)
            {
                TryAdd(bytes[(int)known..]);
            }
        }
    }

    /// <summary>Takes the whole log; where there is none, what came in pieces is all that is known.</summary>
    internal async Task FinishAsync(Stream? whole, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _isFinished = true;
        }

        if (whole is not null)
        {
            await AddRestAsync(whole, cancellation).ConfigureAwait(false);
        }
        else if (_received > 0)
        {
            End();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isFinished = true;
            _hash?.Dispose();
        }
    }

    private async Task AddRestAsync(Stream source, CancellationToken cancellation)
    {
        var chunk = new byte[ChunkBytes];
        if (!await BeginsAlikeAsync(source, chunk, cancellation).ConfigureAwait(false))
        {
            Restart();
            source.Seek(0, SeekOrigin.Begin);
        }

        for (int count; (count = await source.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0;)
        {
            Pass(chunk.AsSpan(0, count));
        }

        End();
    }

    /// <summary>Whether what came in pieces is the beginning of the whole; leaves the file behind it.</summary>
    private async Task<bool> BeginsAlikeAsync(Stream source, byte[] chunk, CancellationToken cancellation)
    {
        if (_hash is null)
        {
            return true;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = _received;
        for (int count; left > 0 && (count = await source.ReadAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)), cancellation).ConfigureAwait(false)) > 0; left -= count)
        {
            hash.AppendData(chunk, 0, count);
        }

        return left == 0 && hash.GetHashAndReset().AsSpan().SequenceEqual(_hash.GetHashAndReset());
    }

    /// <summary>A piece that cannot be written is no trouble yet: the whole comes at the end.</summary>
    private void TryAdd(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Pass(bytes);
            (_hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256)).AppendData(bytes);
            Volatile.Write(ref _received, _received + bytes.Length);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            Restart();
            _isFinished = true;
        }
    }

    private void Restart()
    {
        request.LogFilter?.End(_passed);
        _passed.ResetWrittenCount();
        _hash?.GetHashAndReset();
        _lines = Lines(request.Framing, onLine);
        Volatile.Write(ref _received, 0);
        _isBegun = false;
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        if (request.LogFilter is not { } filter)
        {
            Give(bytes);
            return;
        }

        filter.Pass(bytes, _passed);
        GivePassed();
    }

    private void End()
    {
        request.LogFilter?.End(_passed);
        GivePassed();
        _lines?.Finish();
    }

    private void GivePassed()
    {
        Give(_passed.WrittenSpan);
        _passed.ResetWrittenCount();
    }

    private void Give(ReadOnlySpan<byte> bytes)
    {
        Write(bytes);
        _lines?.Add(bytes);
    }

    /// <summary>No descriptor is held: thousands of attempts are under way at once. A step that prints nothing has no log.</summary>
    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty && !File.Exists(request.LogFile))
        {
            return;
        }

        using var file = new FileStream(request.LogFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!_isBegun)
        {
            file.SetLength(Math.Min(beginning, file.Length));
            _isBegun = true;
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(bytes);
    }

    private static ISplitter? Lines(LogFraming framing, Action<string>? onLine) =>
        onLine is null ? null : framing == LogFraming.Nul ? new RecordSplitter(onLine) : new LineSplitter(onLine);
}
