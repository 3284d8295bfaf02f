using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Tests.Support;

/// <summary>Waits for the file system's own clock rather than for a time.</summary>
internal static class Ticks
{
    /// <summary>Returns when the stamps of new changes are later, by more than any tick, than those of all changes so far.</summary>
    public static void Pass(string directory)
    {
        const long longestTick = 10_000_000;
        var disk = new PhysicalDisk();
        var begun = disk.Now(directory);
        Assert.True(SpinWait.SpinUntil(() => disk.Now(directory) > begun + (3 * longestTick), TimeSpan.FromMinutes(1)), "the file system's clock stands still");
    }
}
