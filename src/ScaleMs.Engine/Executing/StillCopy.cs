using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Copies files that somebody may be writing, if they stand still: as they stood at one instant, or not at all.</summary>
/// <remarks>
/// They must not have been written for a while, which a node that died has not; that is waited for, within a bound. And when all are copied, each must be as it
/// was, read once more, since a file server is asked anew when a file is opened. What was copied is then what a kill at that instant would have left.
/// </remarks>
internal sealed class StillCopy(IDisk disk, TimeProvider clock)
{
    /// <summary>Shorter than any time after which a silent node is given up, so that what a dead one left qualifies.</summary>
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(30);

    /// <summary>Enough for what was written last just now, and for one who writes once more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Copies them, when they stand still.</summary>
    /// <param name="source">The directory that they are in.</param>
    /// <param name="target">The directory that they go to; nothing is there unless all are.</param>
    /// <param name="files">The files.</param>
    /// <param name="stop">Waits no longer.</param>
    /// <returns>Whether they stood still.</returns>
    public async Task<bool> TryCopyAsync(string source, string target, IReadOnlyList<ArtifactPath> files, CancellationToken stop)
    {
        var beside = target + ".seed";
        try
        {
            return await IsStillSoonAsync(beside, source, files, stop).ConfigureAwait(false) && TryCopyBeside(source, beside, files) && Take(beside, target, files);
        }
        finally
        {
            disk.Delete(beside);
        }
    }

    private async Task<bool> IsStillSoonAsync(string beside, string source, IReadOnlyList<ArtifactPath> files, CancellationToken stop)
    {
        var begun = clock.GetTimestamp();
        while (!stop.IsCancellationRequested && UntilStill(beside, source, files) is { } wait)
        {
            if (wait <= TimeSpan.Zero)
            {
                return true;
            }

            if (clock.GetElapsedTime(begun) + wait > Patience)
            {
                return false;
            }

            await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    /// <returns>How long they must be left alone from now on; null where one is not there.</returns>
    private TimeSpan? UntilStill(string beside, string source, IReadOnlyList<ArtifactPath> files)
    {
        try
        {
            disk.CreateDirectory(beside);
            var now = disk.Now(beside);
            var looks = LooksOf(source, files);
            return looks.Contains(null) ? null : Still - TimeSpan.FromMicroseconds(looks.Min(look => now - Math.Max(look!.Value.ModifiedNs, look.Value.ChangedNs)) / 1000);
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>A writer that puts a new file in place of an old one may leave none for an instant.</summary>
    private bool TryCopyBeside(string source, string beside, IReadOnlyList<ArtifactPath> files)
    {
        try
        {
            return IsCopiedAsItStood(source, beside, files);
        }
        catch (StoreException)
        {
            return false;
        }
    }

    private bool IsCopiedAsItStood(string source, string beside, IReadOnlyList<ArtifactPath> files)
    {
        var before = LooksOf(source, files);
        foreach (var path in files)
        {
            disk.Copy(Path.Combine(source, path.Value), Path.Combine(beside, path.Value), executable: false);
        }

        return files.All(path => BytesOf(source, path) == BytesOf(beside, path)) && LooksOf(source, files).SequenceEqual(before);
    }

    private bool Take(string beside, string target, IReadOnlyList<ArtifactPath> files)
    {
        foreach (var path in files)
        {
            disk.Copy(Path.Combine(beside, path.Value), Path.Combine(target, path.Value), executable: false);
        }

        return true;
    }

    private Digest BytesOf(string directory, ArtifactPath path) => disk.Hash(Path.Combine(directory, path.Value), []).Bytes;

    private List<FileStat?> LooksOf(string directory, IReadOnlyList<ArtifactPath> files) => [.. files.Select(path => disk.Stat(Path.Combine(directory, path.Value), followLinks: false))];
}
