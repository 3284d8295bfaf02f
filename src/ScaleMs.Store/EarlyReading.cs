using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;
using ScaleMs.Store.Journal;
using ScaleMs.Store.Layout;

namespace ScaleMs.Store;

/// <summary>A store that is read before anybody may open it, on a core that is idle meanwhile: while a host starts and defines its workflow.</summary>
/// <remarks>Whoever opens the store afterwards takes what was read if nothing was written since, and reads it anew if something was.</remarks>
public sealed class EarlyReading
{
    /// <summary>What some thousand steps leave. To read more takes as long as the host's start, and both are slower for it.</summary>
    private const long LongestJournal = 8 << 20;

    private readonly StoreLayout _layout;
    private Task<JournalContents?>? _reading;

    private EarlyReading(StoreLayout layout, string bootId)
    {
        _layout = layout;
        _reading = Task.Run(() => TryRead(layout, bootId));
    }

    /// <summary>Begins to read a workspace's store; what is wrong with it is told by whoever opens it.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="options">Where the store is; null for the usual place.</param>
    /// <returns>The reading; to be given to <see cref="OpenOptions.Early"/>.</returns>
    public static EarlyReading Begin(string workspace, OpenOptions? options = null)
    {
        options ??= new OpenOptions();
        return new EarlyReading(StoreLayout.Of(workspace, options.DirectoryName), options.BootId);
    }

    /// <summary>Takes what was read, if it is all that the journal of a store says by now. Call it with the store's lock.</summary>
    /// <returns>The contents, which are the caller's now; null for none.</returns>
    internal JournalContents? Take(StoreLayout layout) =>
        layout.Root == _layout.Root && Interlocked.Exchange(ref _reading, null) is { } reading && reading.GetAwaiter().GetResult() is { } contents && JournalLoader.IsAll(layout, contents)
            ? contents
            : null;

    /// <summary>Waits until it is read.</summary>
    internal void Wait() => _reading?.Wait();

    private static JournalContents? TryRead(StoreLayout layout, string bootId)
    {
        try
        {
            return JournalFolder.Active(layout.Journal).Sum(segment => segment.Length) is > 0 and <= LongestJournal ? JournalLoader.Load(layout, bootId) : null;
        }
        catch (Exception cause) when (cause is StoreException || DiskErrors.IsDiskError(cause))
        {
            return null;
        }
    }
}
