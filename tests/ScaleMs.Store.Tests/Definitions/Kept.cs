using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Definitions;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>Writes declarations and reads them back.</summary>
internal static class Kept
{
    public static byte[] Bytes(params IEnumerable<StepInstance> steps)
    {
        var sink = new BinarySink();
        foreach (var step in steps)
        {
            StepCodec.Write(sink, step);
        }

        return sink.Written.ToArray();
    }

    public static StepInstance Step(StepInstance step) => StepCodec.Read(new BinarySource(Bytes(step)));

    public static StepInstance OutputsOnly(StepInstance step)
    {
        var sink = new BinarySink();
        StepCodec.WriteOutputsOnly(sink, step);
        return StepCodec.ReadOutputsOnly(new BinarySource(sink.Written.ToArray()));
    }

    /// <summary>Whether a step can be read; damage that is told in a way that no reader expects is thrown on.</summary>
    public static bool IsReadable(byte[] bytes)
    {
        try
        {
            StepCodec.Read(new BinarySource(bytes));
            return true;
        }
        catch (Exception cause) when (cause is StoreException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
