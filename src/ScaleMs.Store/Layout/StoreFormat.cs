using System.Globalization;
using System.Text;
using System.Text.Json;
using ScaleMs.Core.Ports;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Layout;

/// <summary><c>store.json</c>: the format's number, read before anything else.</summary>
internal static class StoreFormat
{
    public const int First = 1;

    /// <summary>The format that this version writes.</summary>
    public static int Present => After(StoreUpgrade.All);

    /// <summary>The format that some steps lead to.</summary>
    public static int After(IReadOnlyList<StoreUpgrade> steps) => First + steps.Count;

    /// <summary>Refuses what this version cannot read.</summary>
    public static void Check(StoreLayout layout, IReadOnlyList<StoreUpgrade>? steps = null) => _ = Of(layout, steps ?? StoreUpgrade.All);

    /// <summary>A store's format; null without the file: it is new, or its maker was killed before writing it.</summary>
    /// <exception cref="StoreException">It is newer than what some steps lead to, or the file is damaged.</exception>
    public static int? Of(StoreLayout layout, IReadOnlyList<StoreUpgrade> steps)
    {
        if (!File.Exists(layout.FormatFile))
        {
            return null;
        }

        var (format, present) = (Read(layout.FormatFile), After(steps));
        return format <= present ? format : throw new StoreException(
            $"the store '{layout.Root}' has format {format}, and this version of ScaleMs reads format {present}: " +
            "use the newer version that wrote it, or name another store folder; nothing was changed");
    }

    /// <summary>What the format file holds.</summary>
    public static string Text(int format) => $$"""{"format":{{format.ToString(CultureInfo.InvariantCulture)}}}""" + "\n";

    /// <summary>Writes what a new store needs. Only the holder of the lock may call it.</summary>
    public static void Ensure(StoreLayout layout, IReadOnlyList<StoreUpgrade> steps)
    {
        WriteWhenMissing(layout.IgnoreFile, "*\n");
        WriteWhenMissing(layout.Gate, string.Empty);
        WriteWhenMissing(layout.FormatFile, Text(After(steps)));
    }

    /// <summary>Reads the number of a format file.</summary>
    /// <exception cref="StoreException">It cannot be read, or holds something else.</exception>
    public static int Read(string path)
    {
        try
        {
            if (NumberIn(File.ReadAllBytes(path)) is > 0 and var format)
            {
                return format;
            }
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw Unreadable(path, cause);
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause))
        {
            throw DiskErrors.Of("read", path, cause);
        }

        throw Unreadable(path, null);
    }

    private static int NumberIn(ReadOnlySpan<byte> json)
    {
        var format = 0;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("format"u8))
            {
                format = reader.Read() && reader.TryGetInt32(out var number) ? number : 0;
            }
        }

        return format;
    }

    private static StoreException Unreadable(string path, Exception? cause) => new(
        $"'{path}' is damaged: it should hold the store's format, such as {{\"format\":{Present}}}; " +
        "put that text back if this version of ScaleMs made the store, the records and blobs beside it are not touched by this",
        cause);

    private static void WriteWhenMissing(string path, string text)
    {
        if (File.Exists(path))
        {
            return;
        }

        var temporary = TemporaryName.Beside(path);
        File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(text));
        File.Move(temporary, path, overwrite: true);
    }
}
