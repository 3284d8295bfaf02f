using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Feeds a reader that pulls from a stream with bytes that are pushed: it runs beside the pass, a bounded piece behind.</summary>
internal sealed class PulledDigester : IContentDigester, IDisposable
{
    private static readonly PipeOptions Bounded = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false);

    private readonly IncrementalHash _bytes = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Pipe _pipe = new(Bounded);
    private readonly Task<Digest?> _reading;
    private bool _isRefused;

    public PulledDigester(Func<Stream, Digest> read) =>
        _reading = Task.Factory.StartNew(() => Read(read), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _bytes.AppendData(bytes);
        for (var rest = bytes; !_isRefused && rest.Length > 0;)
        {
            var part = rest[..Math.Min(rest.Length, 1 << 17)];
            _pipe.Writer.Write(part);
            rest = rest[part.Length..];
            var flushed = _pipe.Writer.FlushAsync();
            _isRefused = (flushed.IsCompleted ? flushed.Result : flushed.AsTask().GetAwaiter().GetResult()).IsCompleted;
        }
    }

    public Digest Finish()
    {
        _pipe.Writer.Complete();
        var bytes = new Digest(_bytes.GetHashAndReset());
        return _reading.GetAwaiter().GetResult() ?? Digest.OfText($"scalems.damaged/1\n{bytes}");
    }

    /// <summary>Ends the reader of a pass that was given up.</summary>
    public void Dispose()
    {
        _pipe.Writer.Complete(new InvalidDataException("The pass was given up."));
        _bytes.Dispose();
    }

    private Digest? Read(Func<Stream, Digest> read)
    {
        try
        {
            using var stream = _pipe.Reader.AsStream(leaveOpen: true);
            return read(stream);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or FormatException or ArgumentException or OverflowException
            or NotSupportedException)
        {
            return null;
        }
        finally
        {
            _pipe.Reader.Complete();
        }
    }
}
