using System.Buffers;
using ScaleMs.Core.Ports;

namespace ScaleMs.Core.Secrets;

/// <summary>Writes <c>***</c> in place of secrets, wherever the pieces of a stream are cut. Not thread-safe.</summary>
/// <remarks>Holds back no more than the beginning of what may become a secret.</remarks>
/// <param name="patterns">What is masked.</param>
public sealed class SecretMask(SecretPatterns patterns) : ILogFilter
{
    private byte[] _held = [];

    /// <inheritdoc/>
    public void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        byte[] all = [.. _held, .. bytes];
        _held = all[Write(all, log)..];
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        log.Write(_held);
        _held = [];
    }

    /// <summary>Writes all that is certain.</summary>
    /// <returns>Where the rest begins.</returns>
    private int Write(byte[] all, IBufferWriter<byte> log)
    {
        var next = patterns.List.Select(pattern => IndexOf(all, pattern, 0)).ToArray();
        var at = 0;
        while (true)
        {
            var open = OpenFrom(all, at);
            var found = Array.IndexOf(next, next.DefaultIfEmpty(int.MaxValue).Min());
            if (found < 0 || next[found] >= open)
            {
                log.Write(all.AsSpan(at, open - at));
                return open;
            }

            log.Write(all.AsSpan(at, next[found] - at));
            log.Write("***"u8);
            at = next[found] + patterns.List[found].Length;
            for (var i = 0; i < next.Length; i++)
            {
                next[i] = next[i] < at ? IndexOf(all, patterns.List[i], at) : next[i];
            }
        }
    }

    /// <summary>Where the first pattern begins that may go on in the next piece; the end when none does.</summary>
    private int OpenFrom(byte[] all, int at)
    {
        for (var start = Math.Max(at, all.Length - patterns.Longest + 1); start < all.Length; start++)
        {
            foreach (var pattern in patterns.List)
            {
                if (pattern.Length > all.Length - start && pattern.AsSpan().StartsWith(all.AsSpan(start)))
                {
                    return start;
                }
            }
        }

        return all.Length;
    }

    private static int IndexOf(byte[] all, byte[] pattern, int at) =>
        all.AsSpan(at).IndexOf(pattern) is >= 0 and var index ? at + index : int.MaxValue;
}
