namespace ScaleMs.Engine.Running;

/// <summary>Collects everything when much has come together since the last time, and gives the room back to the system.</summary>
/// <remarks>
/// What a judgement or an attempt needed for a moment grows old beside others, and left to itself the collector lets a heap of a hundred megabytes grow by
/// half before it looks at what is old; so does what reading the store and the definition left. A heap of some tens of megabytes, which most runs have, is left alone. So is a process that is not the run's alone,
/// a script's or a test's: only a host whose settings have the switch <c>ScaleMs.TrimsHeap</c> is trimmed.
/// </remarks>
/// <param name="isOn">Whether anything is collected.</param>
internal sealed class HeapTrimmer(bool isOn)
{
    private const long LargeBytes = 64 << 20;

    /// <summary>A collection takes as long as what lives is large, so it comes when the heap has grown by this part: then all of them together take a part of the run's time.</summary>
    private const int PartOfGrowth = 10;

    /// <summary>Where much is foreseen, a smaller part that was made since the last time is worth a collection.</summary>
    private const int PartOfMade = 2 * PartOfGrowth;
    private long _mostBytes = LargeBytes;
    private long _allocatedBytes;
    private int _collections = -1;

    /// <summary>As the settings of this process say.</summary>
    public static HeapTrimmer OfProcess() => new(AppContext.TryGetSwitch("ScaleMs.TrimsHeap", out var isOn) && isOn);

    /// <summary>Collects if it is time to. Cheap: what is in use is told anew by each collection, so nothing is looked at between two. The first time it looks in any case.</summary>
    /// <param name="foreseenBytes">What is about to be needed for a moment: room for it is made before rather than after, if there may be any to make; not for what is little beside all that is in use.</param>
    /// <returns>Whether it collected.</returns>
    public bool Trim(long foreseenBytes = 0)
    {
        foreseenBytes = isOn && foreseenBytes > 0 && foreseenBytes < InUse() / PartOfMade ? 0 : foreseenBytes;
        if (!isOn || (foreseenBytes == 0 && GC.CollectionCount(0) == _collections))
        {
            return false;
        }

        var isTime = InUse() + foreseenBytes > _mostBytes && (foreseenBytes == 0 || MayHaveGrown());
        if (isTime)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _mostBytes = MostAfter(InUse());
            _allocatedBytes = GC.GetTotalAllocatedBytes();
        }

        _collections = GC.CollectionCount(0);
        return isTime;
    }

    /// <summary>Where little was made since the last time there is little to collect, however much is foreseen for each of many steps.</summary>
    private bool MayHaveGrown() => GC.GetTotalAllocatedBytes() - _allocatedBytes > InUse() / PartOfMade;

    private static long InUse() => GC.GetGCMemoryInfo().TotalCommittedBytes;

    private static long MostAfter(long inUse) => Math.Max(LargeBytes, inUse + (inUse / PartOfGrowth));
}
