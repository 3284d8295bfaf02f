using System.Buffers;
using ScaleMs.Core.Ports;

namespace ScaleMs.Launchers.Amqp.Client;

/// <summary>Appends a log to another, through a filter where there is one; whatever its length, it takes little memory.</summary>
internal static class LogCopy
{
    private const int ChunkBytes = 64 * 1024;

    internal static async Task AppendAsync(string from, string to, ILogFilter? filter, CancellationToken cancellation)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using var target = new FileStream(to, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (filter is null)
        {
            await source.CopyToAsync(target, cancellation).ConfigureAwait(false);
            return;
        }

        var filtered = new ArrayBufferWriter<byte>();
        var chunk = new byte[ChunkBytes];
        for (int count; (count = await source.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0;)
        {
            filter.Pass(chunk.AsSpan(0, count), filtered);
            await FlushAsync(filtered, target, cancellation).ConfigureAwait(false);
        }

        filter.End(filtered);
        await FlushAsync(filtered, target, cancellation).ConfigureAwait(false);
    }

    private static async Task FlushAsync(ArrayBufferWriter<byte> filtered, FileStream target, CancellationToken cancellation)
    {
        await target.WriteAsync(filtered.WrittenMemory, cancellation).ConfigureAwait(false);
        filtered.ResetWrittenCount();
    }
}
