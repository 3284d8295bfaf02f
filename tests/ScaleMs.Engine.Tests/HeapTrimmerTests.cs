using System.Runtime.CompilerServices;
using ScaleMs.Engine.Running;
using Xunit;

namespace ScaleMs.Engine.Tests;

/// <summary>Memory of what no longer lives in a large heap.</summary>
public sealed class HeapTrimmerTests
{
    [Fact]
    public void Heap_MuchThatGrewOldHasDied_IsCollected()
    {
        var heap = new HeapTrimmer(isOn: true);
        var old = GrowOld(100);
        heap.Trim();
        Assert.False(old.IsAlive);
    }

    [Fact]
    public void Heap_MuchIsForeseenForOneStepAfterTheOther_IsCollectedOnlyAfterMuchWasMade()
    {
        var heap = new HeapTrimmer(isOn: true);
        GrowOld(50);
        Assert.True(heap.Trim(foreseenBytes: 1L << 40));
        Assert.False(heap.Trim(foreseenBytes: 1L << 40));
        GrowOld(500);
        Assert.True(heap.Trim(foreseenBytes: 1L << 40));
    }

    /// <summary>What lives through a collection of everything is old, so that no later collection but one of everything finds that it died.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference GrowOld(int megabytes)
    {
        var pieces = Enumerable.Range(0, megabytes * 16).Select(_ => new byte[1 << 16]).ToList();
        GC.Collect();
        GC.KeepAlive(pieces);
        return new WeakReference(pieces);
    }
}
