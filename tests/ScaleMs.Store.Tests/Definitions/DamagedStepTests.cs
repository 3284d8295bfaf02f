using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Tests.Definitions;

/// <summary>Whatever stands where a declaration was kept, reading it ends, in a step or in an exception that readers expect, and takes no more room than a few times its bytes.</summary>
public sealed class DamagedStepTests
{
    private const int MostRoom = 4 << 20;
    private readonly byte[] _whole = Kept.Bytes(SampleSteps.Full);

    [Fact]
    public void Read_CutOffAnywhere_IsDamage()
    {
        for (var length = 0; length < _whole.Length; length++)
        {
            Assert.False(IsReadable(_whole[..length]));
        }

        Assert.True(IsReadable(_whole));
    }

    [Fact]
    public void Read_AnyBitFlipped_IsAStepOrDamage()
    {
        var damaged = 0;
        for (var bit = 0; bit < _whole.Length * 8; bit++)
        {
            var bytes = (byte[])_whole.Clone();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            damaged += IsReadable(bytes) ? 0 : 1;
        }

        Assert.NotEqual(0, damaged);
    }

    [Fact]
    public void Read_ManyBytesChanged_IsAStepOrDamage()
    {
        const int Seed = 20_261_122;
        var random = new Random(Seed);
        for (var round = 0; round < 4_000; round++)
        {
            var bytes = (byte[])_whole.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            IsReadable(bytes);
        }
    }

    /// <summary>A number that is far too large, in the place of each byte: as a length, a count, a place among texts, a choice.</summary>
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0x7FFF_FFC7)]
    [InlineData(1 << 24)]
    [InlineData(ulong.MaxValue)]
    public void Read_HugeNumberAnywhere_TakesNoRoom(ulong number)
    {
        var sink = new BinarySink();
        sink.Number(number);
        var huge = sink.Written.ToArray();
        for (var at = 0; at < _whole.Length; at++)
        {
            IsReadable([.. _whole[..at], .. huge, .. _whole[(at + 1)..]]);
        }
    }

    private static bool IsReadable(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isReadable = Kept.IsReadable(bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostRoom);
        return isReadable;
    }
}
