using System.Text;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Layout;

/// <summary>One small step from a format to the next. The format's number is one more than there are steps.</summary>
/// <remarks>
/// A step runs under the store's lock, before anything is read for writing. It may be killed at any instant and then runs again, so it
/// does nothing to what it finds done. It flushes what it wrote: the number that says so comes after it, by a rename. Readers take no lock and
/// upgrade nothing: whoever adds a step sees to it that they still read the former format.
/// </remarks>
/// <param name="What">What it changes, for the message when the disk refuses.</param>
/// <param name="Apply">Changes it.</param>
internal sealed record StoreUpgrade(string What, Action<StoreLayout> Apply)
{
    /// <summary>The steps since the first format, in order. A step once released stays.</summary>
    public static IReadOnlyList<StoreUpgrade> All { get; } = [];

    /// <summary>Takes a store to the present format. Only the holder of the lock may call it.</summary>
    /// <exception cref="Core.Ports.StoreException">A newer version was here meanwhile, or the disk refused: the store is of the last format that was reached.</exception>
    public static void Run(StoreLayout layout, IReadOnlyList<StoreUpgrade> steps)
    {
        for (var format = StoreFormat.Of(layout, steps); format is { } found && found < StoreFormat.After(steps); format = found + 1)
        {
            var step = steps[found - StoreFormat.First];
            DiskErrors.Guard($"upgrade from format {found} ({step.What})", layout.Root, () =>
            {
                step.Apply(layout);
                Mark(layout, found + 1);
            });
        }
    }

    private static void Mark(StoreLayout layout, int format)
    {
        var temporary = TemporaryName.Beside(layout.FormatFile);
        File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(StoreFormat.Text(format)));
        Durably.File(temporary);
        File.Move(temporary, layout.FormatFile, overwrite: true);
        Durably.Folder(layout.Root);
    }
}
