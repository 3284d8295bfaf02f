using System.Buffers;
using System.Threading.Channels;
using ScaleMs.Core.Identity;

namespace ScaleMs.Engine.Comparing;

/// <summary>Cuts what a filter prints into lines, and holds it back while nobody takes them.</summary>
internal sealed class LineSink : IFilterSink
{
    private const int MostPieces = 16;

    private readonly Channel<List<string>> _pieces = Channel.CreateBounded<List<string>>(new BoundedChannelOptions(MostPieces) { SingleReader = true, SingleWriter = true });
    private readonly LineCutter _cutter = new();
    private readonly Queue<string> _taken = new();
    private bool _isEnded;

    public string? Problem { get; private set; }

    public void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> log)
    {
        var lines = new List<string>();
        try
        {
            _cutter.Take(bytes, lines);
        }
        catch (FormatException cause)
        {
            Problem = $"printed no text: {cause.Message}";
            _pieces.Writer.TryComplete();
            return;
        }

        Give(lines);
    }

    public void End(IBufferWriter<byte> log)
    {
        Give(_cutter.Rest is { } last ? [last] : []);
        _isEnded = true;
        _pieces.Writer.TryComplete();
    }

    public void Close()
    {
        Problem ??= _isEnded ? null : FilterRunner.NeverEnded;
        _pieces.Writer.TryComplete();
    }

    /// <summary>Takes the next line; null when nothing more comes.</summary>
    public async ValueTask<string?> NextAsync()
    {
        while (_taken.Count == 0)
        {
            if (!await _pieces.Reader.WaitToReadAsync().ConfigureAwait(false) || !_pieces.Reader.TryRead(out var lines))
            {
                return null;
            }

            lines.ForEach(_taken.Enqueue);
        }

        return _taken.Dequeue();
    }

    /// <summary>Nobody takes lines any more: what comes is passed over.</summary>
    public void Stop()
    {
        _pieces.Writer.TryComplete();
        while (_pieces.Reader.TryRead(out _))
        {
            // The filter may stand still because nobody read.
        }
    }

    /// <summary>Waits for its reader; the filter then waits for its pipe.</summary>
    private void Give(List<string> lines)
    {
        while (lines.Count > 0 && !_pieces.Writer.TryWrite(lines))
        {
            if (!_pieces.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
            {
                return;
            }
        }
    }
}
