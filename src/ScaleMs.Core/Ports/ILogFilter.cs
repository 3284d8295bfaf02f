using System.Buffers;

namespace ScaleMs.Core.Ports;

/// <summary>Stands between what the commands of one attempt print and their log. Not thread-safe.</summary>
public interface ILogFilter
{
    /// <summary>Takes what was printed next.</summary>
    /// <param name="bytes">Any piece of it, however it was cut.</param>
    /// <param name="log">Takes what may be written by now; the rest is held back until more comes.</param>
    void Pass(ReadOnlySpan<byte> bytes, IBufferWriter<byte> log);

    /// <summary>Nothing more comes.</summary>
    /// <param name="log">Takes what was held back.</param>
    void End(IBufferWriter<byte> log);
}
